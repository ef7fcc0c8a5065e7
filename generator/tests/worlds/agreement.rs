//! Whether a tree allows exactly what a plan declares: each thing that can be allowed is read from the tree, computed from the plan, and
//! compared.

use std::collections::BTreeSet;
use std::fmt::{Debug, Display, Formatter};

use casemate_oracle::{Document, World};
use serde_json::Value;

use crate::plan::Plan;
use crate::{addresses, bounds, databases, edges, mesh, outside, perimeter, rights, watched, webhooks};

/// Everything that is compared.
pub(crate) const ABOUT: [&str; 19] = [
    "pairs",
    "datagrams",
    "callers",
    "peers",
    "Servers",
    "grants of the mesh",
    "what is reached outside",
    "routes",
    "EgressNetworks",
    "databases",
    "credentials",
    "webhooks",
    "certificates",
    "rights",
    "answers of the tunnel",
    "records of DNS",
    "bounds",
    "addresses",
    "what is told",
];

/// Where a tree and a plan disagree.
#[derive(Debug)]
pub(crate) struct Disagreement {
    /// About what.
    pub(crate) about: &'static str,
    sentence: String,
}

impl Display for Disagreement {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.about, self.sentence)
    }
}

/// All disagreements of a tree with its plan.
pub(crate) fn disagreements(world: &World, plan: &Plan) -> Vec<Disagreement> {
    [
        edges::disagreements,
        mesh::disagreements,
        outside::disagreements,
        databases::disagreements,
        webhooks::disagreements,
        rights::disagreements,
        perimeter::disagreements,
        bounds::disagreements,
        addresses::disagreements,
        watched::disagreements,
    ]
    .into_iter()
    .flat_map(|of| of(world, plan))
    .collect()
}

/// What the tree has and the plan does not, or the other way round.
pub(crate) fn compare<T: Debug + Ord>(
    about: &'static str,
    rendered: &BTreeSet<T>,
    declared: &BTreeSet<T>,
) -> Option<Disagreement> {
    assert!(ABOUT.contains(&about), "what is compared has to be among what is changed in a test: {about}");
    let more: Vec<_> = rendered.difference(declared).collect();
    let less: Vec<_> = declared.difference(rendered).collect();
    let sentence = format!("rendered and not declared: {more:#?}, declared and not rendered: {less:#?}");
    (!more.is_empty() || !less.is_empty()).then_some(Disagreement { about, sentence })
}

/// The objects of a kind.
pub(crate) fn found<'a>(world: &'a World, kind: &'a str) -> impl Iterator<Item = &'a Document> {
    world.documents().iter().filter(move |document| document.kind == kind)
}

/// `namespace/name` of an object.
pub(crate) fn whose(document: &Document) -> String {
    format!("{}/{}", document.namespace.as_deref().unwrap_or_default(), document.name)
}

/// The strings of a list.
pub(crate) fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A string, empty where there is none.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A port, 0 where there is none.
pub(crate) fn port(value: &Value) -> u16 {
    value.as_u64().and_then(|port| u16::try_from(port).ok()).unwrap_or_default()
}
