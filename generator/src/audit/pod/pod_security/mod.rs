//! Pod Security's `baseline` and `restricted`, as Kubernetes publishes them, by their versions.
//!
//! Nothing else here decides what a pod may be under either level. The checks have the names that Kubernetes gives them.

mod baseline;
mod check;
mod restricted;

#[cfg(test)]
mod tests;

use super::{Container, ContainerKind, Pod, rule_for};
use crate::audit::yaml::Field;
use crate::model::Rule;

pub(super) use check::Check;

/// The levels, the strictest last.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum Level {
    /// Anything goes.
    Privileged,
    /// No way to the node that is known.
    Baseline,
    /// Hardened.
    Restricted,
}

impl Level {
    pub(crate) const ALL: [Self; 3] = [Self::Privileged, Self::Baseline, Self::Restricted];

    /// As the labels of a namespace spell it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Privileged => "privileged",
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
        }
    }
}

/// A version of the standard.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Standard {
    /// The minor version of Kubernetes 1.
    minor: u32,
    has_exceptions: bool,
}

impl Standard {
    /// Older ones let Windows pods off nothing, and nobody is given fixes for them.
    pub(crate) const OLDEST: u32 = 25;
    /// The newest one whose checks are known here. Later versions are taken for it.
    pub(crate) const NEWEST: u32 = 37;

    /// The standard of Kubernetes 1.`minor`.
    pub(crate) const fn of(minor: u32) -> Self {
        Self { minor, has_exceptions: true }
    }

    pub(crate) const fn minor(self) -> u32 {
        self.minor
    }

    /// The same without what it lets off: root in a namespace of users, and Windows.
    pub(super) const fn without_exceptions(self) -> Self {
        Self { has_exceptions: false, ..self }
    }

    const fn is_since(self, minor: u32) -> bool {
        self.minor >= minor
    }

    /// Whether it lets root off, since a namespace of users makes it nobody on the node.
    fn lets_root_off(self, pod: &Pod<'_>) -> bool {
        self.has_exceptions && self.is_since(35) && pod.spec.get("hostUsers").is(false)
    }

    /// Whether it lets a pod off what Windows does not have.
    fn lets_windows_off(self, pod: &Pod<'_>) -> bool {
        self.has_exceptions && pod.is_of_windows()
    }
}

/// A check that a pod does not pass.
#[derive(Debug)]
pub(super) struct Violation<'a> {
    pub(super) check: Check,
    /// The list of the container whose setting it is, if it is one's.
    kind: Option<ContainerKind>,
    pub(super) at: Field<'a>,
    pub(super) wrong: String,
}

impl Violation<'_> {
    /// The rule of the model that it breaks.
    pub(super) fn rule(&self) -> Rule {
        let rule = self.check.rule();
        self.kind.map_or(rule, |kind| rule_for(kind, rule))
    }
}

/// All that a level refuses about a pod.
pub(super) fn violations<'a>(pod: &Pod<'a>, level: Level, standard: Standard) -> Vec<Violation<'a>> {
    let mut found = Found(Vec::new());
    if level >= Level::Baseline {
        baseline::check(&mut found, pod, standard);
    }
    if level >= Level::Restricted {
        restricted::check(&mut found, pod, standard);
    }
    found.0
}

/// The strictest level that a pod meets.
pub(super) fn level(pod: &Pod<'_>, standard: Standard) -> Level {
    let meets = |level: &&Level| violations(pod, **level, standard).is_empty();
    Level::ALL.iter().rev().find(meets).copied().unwrap_or(Level::Privileged)
}

struct Found<'a>(Vec<Violation<'a>>);

impl<'a> Found<'a> {
    fn of_pod(&mut self, check: Check, at: Field<'a>, wrong: impl Into<String>) {
        self.0.push(Violation { check, kind: None, at, wrong: wrong.into() });
    }

    fn of_container(&mut self, check: Check, container: &Container<'a>, at: Field<'a>, wrong: &str) {
        self.0.push(Violation { check, kind: Some(container.kind), at, wrong: container.says(wrong) });
    }
}
