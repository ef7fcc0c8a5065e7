//! The register: every clause of the security model with what meets it, and each service's answers to the review checklist, as pages
//! that people read.
//!
//! The table is code, [`rows`](row::rows): types, refusals, fields, rules, and what lies outside of the tree. Of the fields only
//! those are evidence that are *seen*: every rendered object is looked into before it becomes text, and a field that is missing
//! somewhere is said to be. No test has to know where a field stands in an object, but one takes each away in turn.
//!
//! The pages are in a directory of their own, which no Application reads. They hold no numbers of things, so that two changes that add
//! services do not meet in them.

mod checklist;
mod field;
mod held;
mod lists;
mod markdown;
mod outside;
mod owner;
mod page;
mod row;
mod rows;
mod sighting;
mod standing;
#[cfg(test)]
mod tests;

pub(crate) use self::sighting::Seen;

use std::path::Path;

use crate::graph::Graph;

/// The name of the directory of pages in a cluster's tree.
pub(crate) const DIRECTORY: &str = "register";

/// The name of the register's own page: GitHub shows it with the directory.
const REGISTER: &str = "README.md";

/// A page.
#[derive(Debug)]
pub(crate) struct Page {
    /// The name of its file.
    pub(crate) file: String,
    /// Its text.
    pub(crate) text: String,
}

/// The pages of a cluster, by what was seen in its objects.
pub(crate) fn pages(graph: &Graph, seen: &Seen) -> Vec<Page> {
    let mut pages = vec![Page { file: REGISTER.to_owned(), text: page::page(graph, seen) }];
    pages.extend(graph.services.values().map(|service| Page {
        file: format!("{}.md", service.id.dotted()),
        text: checklist::page(graph, seen, service),
    }));
    pages.sort_by(|one, other| one.file.cmp(&other.file));
    pages
}

/// Whether a path is the directory of pages of a cluster.
pub(crate) fn is_directory(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == DIRECTORY)
}
