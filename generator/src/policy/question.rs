//! What a policy asks of an object, before it is decided where the policy acts.

use super::exemption::Exempt;
use super::object::{Named, ResourceRule};
use crate::model::Rule;

/// A rule as an expression over the objects that can break it.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) rule: Rule,
    pub(super) about: Vec<ResourceRule>,
    /// When it is asked at all. The API server reads these, too: with Kyverno away, what meets none of them passes.
    pub(super) when: Vec<Named>,
    pub(super) variables: Vec<Named>,
    /// Who is let pass although the rule is broken.
    pub(super) exempt: Vec<Exempt>,
    /// True for an object that keeps the rule, and for those.
    pub(super) holds: String,
    /// Whether an object shows it without the request that brought it, so that objects which exist already can be reported.
    pub(super) background: bool,
    /// Whether `when` alone says which namespaces it is about. Kubernetes reads the labels of a namespace as they will be: a selector
    /// would miss the one that loses its label.
    pub(super) everywhere: bool,
}

/// Objects of a group, when they are created and changed.
pub(super) fn written(group: &'static str, version: &'static str, resources: &[&'static str]) -> ResourceRule {
    ResourceRule {
        api_groups: [group],
        api_versions: vec![version],
        operations: vec!["CREATE", "UPDATE"],
        resources: resources.to_vec(),
    }
}

/// An expression with a name.
pub(super) fn named(name: &'static str, expression: impl Into<String>) -> Named {
    Named { name, expression: expression.into() }
}

/// A list of texts as an expression. Names of Kubernetes have neither quotes nor backslashes in them.
pub(super) fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let quoted: Vec<String> = texts.into_iter().map(|text| format!("'{}'", text.as_ref())).collect();
    format!("[{}]", quoted.join(", "))
}
