//! What is found in one object.

use std::collections::{BTreeMap, BTreeSet};

use super::pod::{Level, Standard};
use super::yaml::{Broken, Field, Mark};
use crate::model::Rule;

/// More of them in one object say nothing more: they are counted, not listed.
const MOST_FINDINGS: usize = 500;

/// A rule that an object breaks.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Finding {
    pub(crate) rule: Rule,
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column in characters, from 1.
    pub(crate) column: usize,
    /// The field, `spec.template.spec.containers[0].image`.
    pub(crate) path: String,
    /// What is wrong there, in one sentence without a full stop. No value of a Secret and no credential stands in it.
    pub(crate) wrong: String,
}

/// The findings of one object as they are made.
#[derive(Debug)]
pub(super) struct Judge {
    /// The version of Pod Security that its pods are held to.
    pub(super) standard: Standard,
    pub(super) findings: Vec<Finding>,
    /// How many were found beyond those that are listed.
    pub(super) unlisted: BTreeMap<Rule, usize>,
    /// What the API server would not read.
    pub(super) broken: Vec<Broken>,
    /// The level of Pod Security that its pods meet.
    pub(super) level: Option<Level>,
    found: BTreeSet<(Rule, String)>,
}

impl Judge {
    pub(super) fn new(standard: Standard) -> Self {
        Self {
            standard,
            findings: Vec::new(),
            unlisted: BTreeMap::new(),
            broken: Vec::new(),
            level: None,
            found: BTreeSet::new(),
        }
    }

    /// A rule is broken at a field. Once is enough for a rule and a field.
    pub(super) fn add(&mut self, rule: Rule, at: &Field<'_>, wrong: impl Into<String>) {
        if self.findings.len() >= MOST_FINDINGS {
            *self.unlisted.entry(rule).or_default() += 1;
            return;
        }
        let path = at.path();
        if self.found.insert((rule, path.clone())) {
            let Mark { line, column } = at.mark();
            self.findings.push(Finding { rule, line, column, path, wrong: wrong.into() });
        }
    }

    fn malformed(&mut self, at: &Field<'_>, is: &str) {
        if self.broken.len() < MOST_FINDINGS {
            let why = format!("`{}` is {is}: the API server does not take it, and it was not judged", at.path());
            self.broken.push(Broken { mark: at.mark(), why });
        }
    }

    /// The items of a field that is a list. Anything else in its place is said.
    pub(super) fn list<'a>(&mut self, field: &Field<'a>) -> Vec<Field<'a>> {
        if !field.is_absent() && !field.is_list() {
            self.malformed(field, "no list");
        }
        field.items().collect()
    }

    /// The items of a field that is a list of mappings. Anything else is said.
    pub(super) fn mappings<'a>(&mut self, field: &Field<'a>) -> Vec<Field<'a>> {
        let mut items = self.list(field);
        items.retain(|item| self.mapping(item));
        items
    }

    /// The entries of a field that is a mapping. Anything else in its place is said.
    pub(super) fn entries<'a>(&mut self, field: &Field<'a>) -> Vec<(&'a str, Field<'a>)> {
        if !field.is_absent() {
            self.mapping(field);
        }
        field.entries().collect()
    }

    /// Whether a field is a mapping. If not, that is said.
    pub(super) fn mapping(&mut self, field: &Field<'_>) -> bool {
        let is_one = field.is_mapping();
        if !is_one {
            self.malformed(field, "no mapping");
        }
        is_one
    }
}
