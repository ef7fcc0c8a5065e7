//! Evidence is looked up: each field is taken out of each rendered object in turn, and changed, and then it is lost.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::world::{graph, rich};
use crate::graph::Graph;
use crate::object::{EACH, IF_ANY, Object};
use crate::register::field::{Field, Must, On};
use crate::register::held::Held;
use crate::register::row::rows;
use crate::register::sighting::{Seen, template_of};
use crate::register::standing::Standing;
use crate::render::{self, Encoding};
use crate::resolve::PLACEHOLDER_DIGEST;
use crate::yaml_reader;

/// A file: its directory, its name, its object.
pub(super) type File = (Arc<str>, String, Value);

/// The rendered bytes of the cluster, read back.
pub(super) fn tree(graph: &Graph) -> Vec<File> {
    let files = render::render(graph, None, Encoding::Yaml).expect("no two objects are one");
    let objects = files.into_iter().filter(|file| file.title.is_some());
    objects
        .map(|file| {
            let mut values = yaml_reader::read(&file.text).expect("what was rendered can be read");
            (file.directory, file.name, values.remove(0))
        })
        .collect()
}

pub(super) fn seen<'a>(tree: impl IntoIterator<Item = &'a File>) -> Seen {
    let mut seen = Seen::default();
    for (directory, file, value) in tree {
        seen.look_into(directory, file, &Object::of(value).expect("it is an object"));
    }
    seen.sorted()
}

/// Every place to which keys lead.
fn pointers(value: &Value, keys: &[&str]) -> Vec<String> {
    let mut found = vec![String::new()];
    for key in keys {
        found = found
            .into_iter()
            .flat_map(|pointer| match (*key == EACH, value.pointer(&pointer)) {
                (true, Some(Value::Array(items))) => (0..items.len()).map(|item| format!("{pointer}/{item}")).collect(),
                (true, _) => Vec::new(),
                (false, _) => {
                    vec![format!("{pointer}/{}", key.trim_start_matches(IF_ANY).replace('~', "~0").replace('/', "~1"))]
                }
            })
            .filter(|pointer| value.pointer(pointer).is_some())
            .collect();
    }
    found
}

/// The places of a field in an object.
fn places(field: Field, value: &Value) -> Vec<String> {
    let Must::Hold(paths, _) = field.must() else { return Vec::new() };
    let kind = value.pointer("/kind").and_then(Value::as_str).unwrap_or_default();
    let template = if matches!(field.on(), On::Template) { template_of(kind) } else { &[] };
    paths.iter().flat_map(|path| pointers(value, &[template, path].concat())).collect()
}

fn without(value: &Value, pointer: &str) -> Value {
    let mut value = value.clone();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer has a slash");
    match value.pointer_mut(parent) {
        Some(Value::Object(map)) => drop(map.remove(&key.replace("~1", "/").replace("~0", "~"))),
        Some(Value::Array(items)) => drop(items.remove(key.parse().expect("an index"))),
        other => panic!("{other:?} has no {key}"),
    }
    value
}

fn with(value: &Value, pointer: &str, put: Value) -> Value {
    let mut value = value.clone();
    *value.pointer_mut(pointer).expect("it is there") = put;
    value
}

/// What a field must not hold.
fn wrong(held: Held) -> Vec<Value> {
    match held {
        Held::Truth(value) => vec![json!(!value), json!(value.to_string()), Value::Null],
        Held::Text(text) => vec![json!(format!("{text}x")), json!(""), Value::Null],
        Held::Digest => {
            let digest = "4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2";
            let hash = |digest: &str| json!(format!("a.example/b:1@sha256:{digest}"));
            let short = &digest[1..];
            vec![
                json!("a.example/b:1"),
                hash(short),
                hash(&format!("{digest}0")),
                hash(&digest.to_uppercase()),
                json!(""),
            ]
        }
        Held::Within(_) | Held::End(_) => vec![json!("other"), json!("")],
        Held::NoneOf(texts) => texts.iter().map(|text| json!(text)).chain([json!("")]).collect(),
        Held::Only(texts) => vec![json!([]), json!([texts[0], "other", "more"]), json!(texts[0])],
        Held::User => vec![json!(0), json!(2102), json!(-1), json!("1000")],
        Held::Something => vec![json!([]), json!({}), json!(""), Value::Null],
        Held::Nothing => vec![json!({"app": "a"}), json!("")],
    }
}

/// Whether the last step of a field's path is to the items of a list: without one of several, the others show what they must.
fn is_of_items(field: Field) -> bool {
    matches!(field.must(), Must::Hold(paths, _) if paths.iter().any(|path| path.last() == Some(&EACH)))
}

#[test]
fn every_field_is_shown_in_a_cluster_that_has_everything() {
    let graph = graph(rich());
    let seen = seen(&tree(&graph));
    for field in Field::ALL {
        let standing = Standing::of(*field, &graph, &seen);
        match field.must() {
            Must::Hold(..) => assert!(matches!(standing, Standing::Shown(_)), "{field:?}: {standing:?}"),
            Must::BeAbsent => assert_eq!(standing, Standing::Absent, "{field:?}"),
        }
    }
}

#[test]
fn every_field_is_of_some_row() {
    let of_rows: BTreeSet<Field> = rows().flat_map(|row| row.fields).copied().collect();
    assert_eq!(of_rows.into_iter().collect::<Vec<_>>(), Field::ALL);
}

#[test]
fn a_field_that_is_taken_away_or_changed_is_lost() {
    let graph = graph(rich());
    let tree = tree(&graph);
    let each: Vec<Seen> = tree.iter().map(|file| seen([file])).collect();
    // What is seen of all objects but one, and of that one as it is broken.
    let seen_with = |at: usize, broken: &(Arc<str>, String, Value)| {
        let mut all = seen([broken]);
        each.iter().enumerate().filter(|(other, _)| *other != at).for_each(|(_, seen)| all.add(seen.clone()));
        all.sorted()
    };
    let mut tried = 0;
    for field in Field::ALL {
        let Must::Hold(_, held) = field.must() else { continue };
        let owners = field.owners().directories(&graph);
        let mut has_one = false;
        for (at, (directory, file, value)) in tree.iter().enumerate() {
            let is_owned = owners.is_empty() || owners.contains(&**directory);
            let has_it = !each[at].of(*field).is_empty();
            if !is_owned || !has_it {
                continue;
            }
            for place in places(*field, value) {
                let removed = (!is_of_items(*field)).then(|| without(value, &place));
                let changed = wrong(held).into_iter().map(|put| with(value, &place, put));
                for broken in removed.into_iter().chain(changed) {
                    let broken = (Arc::clone(directory), file.clone(), broken);
                    let standing = Standing::of(*field, &graph, &seen_with(at, &broken));
                    let path = format!("{directory}/{file}");
                    assert!(
                        matches!(&standing, Standing::Lost(lost) if lost.contains(&path)),
                        "{field:?} is not in {path} at {place}, and nobody noticed: {standing:?}\n{}",
                        broken.2
                    );
                    has_one = true;
                    tried += 1;
                }
            }
        }
        assert!(has_one, "{field:?} was taken from nobody");
    }
    assert!(tried > 300, "{tried}");
}

/// A placeholder shows no digest: nobody who reads the page takes it for one.
#[test]
fn a_digest_that_is_awaited_is_no_digest() {
    let graph = graph(rich());
    let mut tree = tree(&graph);
    for field in [Field::Digest, Field::VolumeDigest, Field::ProxyDigest] {
        let (directory, file, value) =
            tree.iter().find(|file| !places(field, &file.2).is_empty()).expect("somebody has it");
        let place = places(field, value).remove(0);
        let image = value.pointer(&place).and_then(Value::as_str).expect("it is a text");
        let awaiting = image.split_once('@').map(|(name, _)| format!("{name}@{PLACEHOLDER_DIGEST}"));
        let awaiting = with(value, &place, json!(awaiting.expect("it has a digest")));
        let path = format!("{directory}/{file}");
        let at = tree.iter().position(|file| format!("{}/{}", file.0, file.1) == path).expect("it is there");
        let whole = std::mem::replace(&mut tree[at].2, awaiting);
        let standing = Standing::of(field, &graph, &seen(&tree));
        assert!(
            matches!(&standing, Standing::Awaited(_, awaited) if *awaited == BTreeSet::from([path.clone()])),
            "{field:?} {path}: {standing:?}"
        );
        tree[at].2 = whole;
    }
}

#[test]
fn an_object_that_is_taken_away_is_lost() {
    let graph = graph(rich());
    let tree = tree(&graph);
    for field in Field::ALL {
        for owner in field.owners().directories(&graph) {
            // A project of each namespace and service shows it: none is left only without all of them.
            let is_of_field =
                |file: &&(Arc<str>, String, Value)| *file.0 == *owner && !seen([*file]).of(*field).is_empty();
            let others = tree.iter().filter(|file| !is_of_field(file));
            let standing = Standing::of(*field, &graph, &seen(others));
            assert!(
                matches!(&standing, Standing::Lost(lost) if lost.contains(&owner)),
                "{field:?} {owner}: {standing:?}"
            );
        }
    }
}

#[test]
fn an_object_that_must_not_be_is_noticed() {
    let graph = graph(rich());
    let tree = tree(&graph);
    for (field, kind) in [(Field::NoSecret, "Secret"), (Field::NoIngress, "Ingress")] {
        let foreign = json!({"apiVersion": "v1", "kind": kind, "metadata": {"name": "a", "namespace": "payments"}});
        let foreign = (Arc::from("example/services/payments/ledger"), "a.yaml".to_owned(), foreign);
        let standing = Standing::of(field, &graph, &seen(tree.iter().chain([&foreign])));
        let lost = BTreeSet::from(["example/services/payments/ledger/a.yaml".to_owned()]);
        assert_eq!(standing, Standing::Lost(lost));
    }
}
