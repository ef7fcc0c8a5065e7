//! Any sequence of declarations, interrupted anywhere or not, ends at what the last one declares.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;

use super::ground::{Ground, desired, file};
use super::interruption::{Interruption, Kind};
use crate::tree::disk::Disk;
use crate::tree::{Desired, DesiredFile};

type State = BTreeMap<&'static str, BTreeMap<&'static str, u8>>;

/// Some directories, also in one another, with some files.
fn state() -> impl Strategy<Value = State> {
    let directories = select(vec!["lab/a", "lab/a/b", "lab/c/d", "lab/c/e", "lab/c/f/g"]);
    let names = select(vec!["one.yaml", "two.yaml", "three.json", "four"]);
    btree_map(directories, btree_map(names, 0..3_u8, 0..4), 0..4)
}

fn declared(state: &State) -> Desired {
    let files = |files: &BTreeMap<&str, u8>| -> Vec<DesiredFile> {
        files.iter().map(|(name, bytes)| file(name, &"x".repeat(usize::from(*bytes)))).collect()
    };
    desired(state.iter().map(|(path, names)| (*path, files(names))).collect())
}

proptest! {
    #[test]
    fn what_is_written_is_clean(state in state()) {
        let ground = Ground::with(&declared(&state));
        prop_assert!(ground.compare(&declared(&state)).findings.is_empty());
    }

    #[test]
    fn every_sequence_converges(states in vec((state(), option::of(0..20_usize), any::<bool>()), 1..6), last in state()) {
        let ground = Ground::new();
        for (state, stop, dies) in states {
            let kind = if dies { Kind::Death } else { Kind::Error };
            let disk = Disk { interruption: stop.map(|at| Interruption::at(at, kind)) };
            let outcome = ground.write_on(&disk, &declared(&state));
            prop_assert!(outcome.is_ok() || disk.interruption.is_some_and(|interruption| interruption.came()));
        }
        ground.write(&declared(&last)).unwrap();
        prop_assert_eq!(ground.files(), Ground::with(&declared(&last)).files());
        prop_assert!(ground.compare(&declared(&last)).findings.is_empty());
    }
}
