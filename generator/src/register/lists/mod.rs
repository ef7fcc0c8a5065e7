//! The short lists that a reviewer reads: whatever reaches further than most, each with its reason. One that is empty says so.

mod charts;
mod edges;
mod egress;
mod hosts;
mod pods;
mod policies;
mod rights;
mod rotation;

use super::sighting::Seen;
use crate::graph::Graph;

/// A short list.
#[derive(Debug)]
pub(super) struct List {
    /// Its heading.
    pub(super) title: &'static str,
    /// What it lists, in a sentence or two.
    pub(super) says: &'static str,
    /// The headings of its columns.
    pub(super) columns: &'static [&'static str],
    /// Its rows, each cell in Markdown.
    pub(super) rows: Vec<Vec<String>>,
    /// What is said if it has none.
    pub(super) empty: &'static str,
}

/// All lists of a cluster, in the order in which they are read.
pub(super) fn all(graph: &Graph, seen: &Seen) -> Vec<List> {
    vec![
        hosts::public(graph),
        hosts::behind_access(graph),
        rights::across(graph),
        rights::beyond(graph),
        edges::unmeshed(graph),
        egress::shared(graph),
        egress::wide(graph),
        charts::below_restricted(graph),
        charts::with_secrets(graph),
        charts::unjudged(graph),
        policies::unenforced(seen),
        policies::out_of_sight(graph, seen),
        policies::exemptions(graph, seen),
        rotation::by_hand(graph),
        pods::without_digest(graph),
        pods::unprobed(graph),
    ]
}
