//! Wherever a run stops, the next one ends as if it had never been.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::ground::{API, Ground, claim, desired, file, nothing};
use super::interruption::{Interruption, Kind};
use crate::tree::Desired;
use crate::tree::disk::Disk;

const DB: &str = "lab/services/trips/db";
const CACHE: &str = "lab/services/cache/redis";

/// Three states of a tree, of which each step changes, adds and removes files and whole directories.
fn states() -> [Desired; 3] {
    [
        desired(vec![
            (API, vec![file("a.yaml", "a1"), file("b.yaml", "b1"), claim("c", "c1")]),
            (DB, vec![file("d.yaml", "d1"), claim("e", "e1")]),
            ("lab/services", vec![file("all.yaml", "1")]),
        ]),
        desired(vec![
            (API, vec![file("a.yaml", "a2"), file("b.yaml", "b1"), file("f.yaml", "f2")]),
            (CACHE, vec![file("g.yaml", "g2"), file("h.yaml", "h2")]),
            ("lab/services", vec![file("all.yaml", "2")]),
        ]),
        desired(vec![
            (API, vec![file("a.yaml", "a3"), claim("c", "c3"), file("i.yaml", "i3")]),
            (DB, vec![file("d.yaml", "d3")]),
            ("lab/services/cache", vec![file("j.yaml", "j3")]),
        ]),
    ]
}

/// Renders `first`, stops a run to `second` at every operation, and has `check` look at each such tree. Returns the number of operations.
fn stop_everywhere(first: &Desired, second: &Desired, kind: Kind, check: impl Fn(&Ground, &Ground)) -> usize {
    for at in 0.. {
        let before = Ground::with(first);
        let stopped = Ground::with(first);
        let disk = Disk { interruption: Some(Interruption::at(at, kind)) };
        let outcome = stopped.write_on(&disk, second);
        if !disk.interruption.unwrap().came() {
            outcome.unwrap();
            return at;
        }
        assert!(outcome.is_err(), "a run that was stopped at operation {at} says so");
        check(&before, &stopped);
    }
    unreachable!()
}

#[test]
fn a_run_that_dies_at_any_operation_is_healed_by_the_next_whatever_is_declared_by_then() {
    let states = states();
    let empty = nothing();
    let all: Vec<&Desired> = states.iter().chain([&empty]).collect();
    let mut operations = 0;
    for first in &all {
        for second in &all {
            for third in &all {
                let clean = Ground::with(third).files();
                operations += stop_everywhere(first, second, Kind::Death, |_, stopped| {
                    stopped.write(third).unwrap();
                    assert_eq!(stopped.files(), clean);
                    assert!(stopped.compare(third).findings.is_empty());
                });
            }
        }
    }
    println!("{operations} interruptions healed");
    assert!(operations > 500);
}

#[test]
fn a_run_that_dies_after_a_run_that_died_is_healed_too() {
    let [one, two, three] = states();
    let clean = Ground::with(&one).files();
    stop_everywhere(&one, &two, Kind::Death, |_, stopped| {
        for at in 0..12 {
            let disk = Disk { interruption: Some(Interruption::at(at, Kind::Death)) };
            let _ = stopped.write_on(&disk, &three);
        }
        stopped.write(&one).unwrap();
        assert_eq!(stopped.files(), clean);
    });
}

#[test]
fn at_any_moment_every_file_is_a_whole_old_or_new_one() {
    let [one, two, _] = states();
    let known: BTreeSet<(_, _)> = Ground::with(&one).files().into_iter().chain(Ground::with(&two).files()).collect();
    stop_everywhere(&one, &two, Kind::Death, |_, stopped| {
        for (path, bytes) in stopped.files() {
            let is_staged = path.to_str().unwrap().contains("/.casemate-");
            assert!(is_staged || path.ends_with(".casemate") || known.contains(&(path.clone(), bytes)), "{path:?}");
        }
    });
}

#[test]
fn an_error_before_the_first_rename_leaves_the_tree_as_it_was() {
    let [one, two, _] = states();
    let untouched = RefCell::new(Vec::new());
    stop_everywhere(&one, &two, Kind::Error, |before, stopped| {
        untouched.borrow_mut().push(before.everything() == stopped.everything());
    });
    // One directory, eleven staged files and directories, and the first rename.
    assert!(untouched.borrow()[..13].iter().all(|untouched| *untouched));
    assert!(untouched.borrow()[13..].iter().all(|untouched| !*untouched));
}

#[test]
fn an_error_at_any_operation_leaves_no_staged_file_and_is_healed_by_the_next_run() {
    let states = states();
    for second in &states[1..] {
        let clean = Ground::with(second).files();
        stop_everywhere(&states[0], second, Kind::Error, |_, stopped| {
            assert!(stopped.files().keys().all(|path| !path.to_str().unwrap().contains("/.casemate-")));
            stopped.write(second).unwrap();
            assert_eq!(stopped.files(), clean);
        });
    }
}

#[test]
fn an_interrupted_run_to_discard_edits_keeps_them_or_discards_them() {
    let [one, two, _] = states();
    for at in 0.. {
        let ground = Ground::with(&one);
        ground.put("lab/services/trips/api/a.yaml", "by hand");
        let disk = Disk { interruption: Some(Interruption::at(at, Kind::Death)) };
        let outcome = crate::tree::write_on(&disk, 1, ground.target(), &two, true);
        if outcome.is_ok() {
            return;
        }
        let bytes = ground.read("lab/services/trips/api/a.yaml");
        assert!(bytes == "by hand" || bytes == "a2", "{bytes}");
        assert_eq!(ground.write(&two).is_err(), bytes == "by hand");
        ground.force(&two).unwrap();
        assert_eq!(ground.files(), Ground::with(&two).files());
    }
}
