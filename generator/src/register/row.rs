//! The table: every clause of the security model, and how it is met.

use super::field::Field;
use super::outside::Outside;
use super::rows;
use crate::model::{Chapter, Clause, Rule};

/// How a clause is met.
#[derive(Debug)]
pub(super) struct Row {
    /// The clause.
    pub(super) clause: Clause,
    /// How it is met, in a few sentences which name their tier.
    pub(super) met: &'static str,
    /// The words of the language that say it, or that take what would break it.
    pub(super) words: &'static [&'static str],
    /// The tests, in `dsl/tests/refused`, in which somebody tries to break it and does not compile.
    pub(super) refused: &'static [&'static str],
    /// The fields of the tree that show it.
    pub(super) fields: &'static [Field],
    /// The kinds of Kyverno's policies that change or make something for it.
    pub(super) made_by: &'static [&'static str],
    /// What it takes outside of the tree.
    pub(super) outside: &'static [Outside],
}

impl Row {
    /// The rules that an object can break it by.
    pub(super) fn rules(&self) -> impl Iterator<Item = Rule> {
        Rule::ALL.iter().copied().filter(|rule| rule.clauses().contains(&self.clause))
    }
}

/// All rows, in the model's order.
pub(super) fn rows() -> impl Iterator<Item = &'static Row> + Clone {
    [rows::perimeter::ROWS, rows::mesh::ROWS, rows::policy::ROWS, rows::runtime::ROWS, rows::secrets::ROWS]
        .into_iter()
        .chain([rows::network::ROWS, rows::containers::ROWS, rows::checklist::ROWS, rows::anti_patterns::ROWS])
        .flatten()
}

/// The rows of a chapter.
pub(super) fn of_chapter(chapter: Chapter) -> impl Iterator<Item = &'static Row> {
    rows().filter(move |row| row.clause.chapter() == chapter)
}
