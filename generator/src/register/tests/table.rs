//! The table: every clause has its row, and what a row names is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::model::{Clause, Rule};
use crate::register::row::{Row, rows};

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn read(path: &str) -> String {
    std::fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Clauses without a row, and rows whose clause has another one.
fn unmatched<'r>(rows: impl Iterator<Item = &'r Row>) -> Vec<Clause> {
    let mut without: Vec<Clause> = Clause::ALL.to_vec();
    let mut twice = Vec::new();
    for row in rows {
        match without.iter().position(|clause| *clause == row.clause) {
            Some(at) => drop(without.remove(at)),
            None => twice.push(row.clause),
        }
    }
    without.append(&mut twice);
    without
}

#[test]
fn every_clause_has_a_row_and_every_row_a_clause() {
    assert_eq!(unmatched(rows()), []);
    assert_eq!(rows().count(), Clause::ALL.len());
    assert!(rows().map(|row| row.clause).eq(Clause::ALL.iter().copied()), "rows are in the model's order");
}

#[test]
fn a_clause_without_a_row_and_a_row_too_many_are_noticed() {
    assert_eq!(unmatched(rows().skip(1)), [Clause::ZeroTrustIngress]);
    assert_eq!(unmatched(rows().chain(rows().take(1))), [Clause::ZeroTrustIngress]);
}

#[test]
fn every_row_shows_something_or_says_how_to_check_it() {
    for Row { clause, met, words: _, refused, fields, made_by: _, outside } in rows() {
        assert!(!met.is_empty(), "{clause:?}");
        assert!(!fields.is_empty() || !outside.is_empty(), "{clause:?} has neither a field nor a check");
        let is_outside = met.starts_with("Outside");
        assert!(!is_outside || !outside.is_empty(), "{clause:?} is outside, and nobody says how to check it");
        assert!(
            is_outside || !refused.is_empty() || clause == &Clause::Rotation,
            "{clause:?}: nobody tries to break it"
        );
    }
}

#[test]
fn every_check_names_a_command_or_a_place() {
    for outside in rows().flat_map(|row| row.outside) {
        assert!(outside.assumed.ends_with('.') && outside.check.ends_with(['.', ')']), "{outside:?}");
        assert!(outside.check.contains('`') || outside.check.contains("Watchtower"), "{}: how?", outside.assumed);
    }
}

#[test]
fn refusals_are_tests_that_exist() {
    for name in rows().flat_map(|row| row.refused) {
        assert!(repository(&format!("dsl/tests/refused/{name}.rs")).is_file(), "no test is named {name}");
    }
}

#[test]
fn what_can_never_be_said_is_in_some_row() {
    let page = read("dsl/tests/README.md");
    let (_, table) = page.split_once("| never | tried in |").expect("the table is there");
    let named: BTreeSet<&str> = rows().flat_map(|row| row.refused).copied().collect();
    // The model says nothing of probes.
    let lines: Vec<&str> =
        table.lines().filter(|line| line.contains('`') && !line.contains("without readiness")).collect();
    assert!(lines.len() > 30, "the table is read: {lines:?}");
    for line in lines {
        let tried: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
        assert!(tried.iter().any(|name| named.contains(name)), "no row names any of {tried:?}");
    }
}

/// Whether the language has a word: `host!`, `.calls(..)`, `Peer::meshed(..)`.
fn is_word(word: &str, api: &str) -> bool {
    if let Some(name) = word.strip_suffix('!') {
        return api.lines().any(|line| line == format!("macro {name}!"));
    }
    let Some(call) = word.strip_suffix("(..)") else { return false };
    match call.strip_prefix('.') {
        Some(name) => {
            api.lines().any(|line| line.contains(&format!("fn {name}(")) || line.contains(&format!("fn {name}<")))
        }
        None => call.split_once("::").is_some_and(|(of, name)| {
            let is_of = |line: &&str| line.starts_with(&format!("{of}: "));
            let lines = api.lines().filter(is_of);
            lines.clone().any(|line| line.contains(&format!("fn {name}(")) || line.contains(&format!("fn {name}<")))
        }),
    }
}

#[test]
fn words_are_those_of_the_language() {
    let api = read("snapshots/documents/public-api.snap");
    for word in rows().flat_map(|row| row.words) {
        assert!(is_word(word, &api), "the language has no {word}");
    }
    for none in ["raw!", ".patch(..)", "Peer::trusted(..)", "host"] {
        assert!(!is_word(none, &api), "{none}");
    }
}

#[test]
fn every_rule_is_in_some_row() {
    let named: BTreeSet<&str> = rows().flat_map(Row::rules).map(Rule::name).collect();
    assert_eq!(named.len(), Rule::ALL.len());
}
