//! The sum of an audit.

use std::collections::BTreeMap;

use super::{Audited, Judged, Level, Unjudged};
use crate::model::Rule;

/// Enough to find the rest.
const MOST_NAMES: usize = 20;
/// More kinds than there are.
const MOST_KINDS: usize = 500;

/// Counts over all files.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Files that were read.
    pub(crate) files: usize,
    pub(crate) documents: usize,
    /// Objects that were judged.
    pub(crate) objects: usize,
    /// Those of them with findings.
    pub(crate) at_fault: usize,
    /// Findings, listed or not, by the rule.
    pub(crate) findings: BTreeMap<Rule, usize>,
    /// Objects that make pods, by the level that those meet.
    pub(crate) levels: BTreeMap<Level, usize>,
    /// Objects that no rule is about, by their kind.
    pub(crate) without_rule: BTreeMap<String, usize>,
    /// Documents that are no objects.
    pub(crate) foreign: usize,
    /// What was not judged, and where it lies.
    pub(crate) unjudged: BTreeMap<Unjudged, Names>,
    pub(crate) problems: usize,
}

/// Names of files, as many as anybody reads.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) count: usize,
    pub(crate) first: Vec<String>,
}

impl Names {
    fn add(&mut self, name: &str) {
        self.count += 1;
        if self.first.len() < MOST_NAMES && self.first.last().is_none_or(|last| last != name) {
            self.first.push(name.to_owned());
        }
    }
}

impl Tally {
    /// How many findings there are.
    pub(crate) fn total(&self) -> usize {
        self.findings.values().sum()
    }

    /// Whether anything was looked at. An audit of nothing has not found that all is well.
    pub(crate) fn is_of_nothing(&self) -> bool {
        self.objects == 0 && self.without_rule.is_empty()
    }

    pub(super) fn add(&mut self, audited: &Audited) {
        let Audited { name, path: _, documents, foreign, objects, without_rule, unjudged, problems } = audited;
        self.files += usize::from(*documents > 0);
        self.documents += documents;
        self.foreign += foreign;
        self.problems += problems.len();
        for Judged { identity: _, findings, unlisted, level } in objects {
            self.objects += 1;
            self.at_fault += usize::from(!findings.is_empty());
            for finding in findings {
                *self.findings.entry(finding.rule).or_default() += 1;
            }
            for (rule, count) in unlisted {
                *self.findings.entry(*rule).or_default() += count;
            }
            if let Some(level) = level {
                *self.levels.entry(*level).or_default() += 1;
            }
        }
        for kind in without_rule {
            *bounded(&mut self.without_rule, kind.clone(), || "other kinds".to_owned()) += 1;
        }
        for what in unjudged {
            let other = || Unjudged::Kind { name: "other kinds".to_owned(), makes_pods: true };
            bounded(&mut self.unjudged, what.clone(), other).add(name);
        }
    }
}

/// The entry of a key, or that of all others where there are too many.
fn bounded<K: Ord, V: Default>(map: &mut BTreeMap<K, V>, key: K, other: impl Fn() -> K) -> &mut V {
    let key = if map.len() >= MOST_KINDS && !map.contains_key(&key) { other() } else { key };
    map.entry(key).or_default()
}
