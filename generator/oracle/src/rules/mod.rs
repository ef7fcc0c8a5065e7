//! Rules across documents. Each has a name, a sentence and a function; a new one is one more line in the list of its family.

mod access;
mod bounds;
mod budgets;
mod callers;
mod claims;
mod containers;
mod credentials;
mod edges;
mod gitops;
mod identities;
mod mesh;
mod namespaces;
mod objects;
mod outside;
mod perimeter;
mod permissions;
mod placement;
mod platform;
mod plugin;
mod policies;
mod ports;
mod projections;
mod projects;
mod proxies;
mod references;
mod resources;
mod rollout;
mod services;
mod templates;
mod variables;
mod volumes;
mod waves;
mod webhooks;

use crate::scene::{Findings, Scene};

/// One rule across documents.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CrossRule {
    /// The name that findings bear.
    pub(crate) name: &'static str,
    /// What holds when nothing is wrong.
    pub(crate) sentence: &'static str,
    /// Finds what is wrong.
    pub(crate) check: fn(&Scene<'_>, &mut Findings),
}

const FAMILIES: &[&[CrossRule]] = &[
    objects::RULES,
    namespaces::RULES,
    edges::RULES,
    outside::RULES,
    mesh::RULES,
    services::RULES,
    identities::RULES,
    references::RULES,
    claims::RULES,
    templates::RULES,
    volumes::RULES,
    projections::RULES,
    variables::RULES,
    containers::RULES,
    ports::RULES,
    resources::RULES,
    rollout::RULES,
    placement::RULES,
    bounds::RULES,
    budgets::RULES,
    callers::RULES,
    proxies::RULES,
    webhooks::RULES,
    access::RULES,
    permissions::RULES,
    perimeter::RULES,
    policies::RULES,
    gitops::RULES,
    plugin::RULES,
    projects::RULES,
    platform::RULES,
    waves::RULES,
    credentials::RULES,
];

/// Every rule across documents.
pub(crate) fn all() -> impl Iterator<Item = &'static CrossRule> {
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// The names of the rules across documents, each with its sentence.
#[must_use]
pub fn cross_rules() -> Vec<(&'static str, &'static str)> {
    all().map(|rule| (rule.name, rule.sentence)).collect()
}
