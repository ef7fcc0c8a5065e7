//! `docs/features.md` before the examples: what can be said is seen in one, and what is refused in none.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise, in what it reads, too")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A row of the table.
struct Feature {
    name: String,
    key: String,
    here: String,
    example: String,
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn features() -> Vec<Feature> {
    let text = fs::read_to_string(workspace().join("docs/features.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    rows.map(|line| line.split(" | ").map(|cell| cell.trim_matches([' ', '|'])).collect::<Vec<_>>())
        .map(|cells| {
            assert_eq!(cells.len(), 4, "a row has four cells: {cells:?}");
            let cell = |number: usize| cells[number].to_owned();
            Feature { name: cell(0), key: cell(1).replace('`', ""), here: cell(2), example: cell(3) }
        })
        .collect()
}

fn examples() -> BTreeMap<String, String> {
    let folder = workspace().join("snapshots/documents");
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "snap"))
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// Whether a document has this key, or this line.
fn has(document: &str, key: &str) -> bool {
    document
        .lines()
        .map(|line| line.trim_start_matches([' ', '-']))
        .any(|line| line == key || line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
}

#[test]
fn what_can_be_said_is_seen_in_its_example() {
    let examples = examples();
    for Feature { name, key, here, example } in features().iter().filter(|feature| feature.here != "refused") {
        let document = examples.get(example).unwrap_or_else(|| panic!("{name}: there is no example `{example}`"));
        assert!(has(document, key), "{name}: `{key}` ({here}) is not in the example `{example}`");
    }
}

#[test]
fn what_is_refused_is_seen_in_no_example() {
    for Feature { name, key, example: why, .. } in features().iter().filter(|feature| feature.here == "refused") {
        assert!(why.split_whitespace().count() >= 4, "{name} is refused for a reason: {why}");
        for (example, document) in examples() {
            assert!(!has(&document, key), "{name}: `{key}` is refused, and stands in the example `{example}`");
        }
    }
}

#[test]
fn every_spelling_is_one_of_the_language() {
    let mut sources = String::new();
    let mut folders = vec![workspace().join("dsl/src")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { sources.push_str(&fs::read_to_string(path).unwrap()) }
        }
    }
    for Feature { name, here, .. } in features() {
        for spelling in here.split('`').skip(1).step_by(2) {
            let word = spelling.trim_end_matches("(..)").rsplit(['.', ':']).next().unwrap();
            let (function, of_type, of_macro) = (format!("fn {word}"), format!(" {word}"), word.trim_end_matches('!'));
            let known = sources.contains(&format!("{function}(")) || sources.contains(&format!("{function}<"));
            let known = known || (word.ends_with('!') && sources.contains(&format!("macro_rules! {of_macro}")));
            let known =
                known || sources.contains(&format!("struct{of_type}")) || sources.contains(&format!("enum{of_type}"));
            assert!(known, "{name}: the language has no `{spelling}`");
        }
    }
}

#[test]
fn the_table_has_every_feature_that_was_counted() {
    let features = features();
    assert!(features.len() >= 70, "{} rows", features.len());
    assert!(features.iter().filter(|feature| feature.here != "refused").count() >= 55);
}
