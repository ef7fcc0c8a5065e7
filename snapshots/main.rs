//! Examples of the language, each beside the whole documents that it means.
//!
//! A snapshot holds every file of the directories that its example is about, as text, each headed by its path. What a feature changes
//! is what a reviewer sees when the feature changes. The whole tree of each example is held to the oracle.

mod example;

mod access;
mod border;
mod calls;
mod claims;
mod cluster;
mod config;
mod container;
mod created;
mod databases;
mod extremes;
mod features;
mod free_text;
mod image_volumes;
mod observability;
mod outside;
mod perimeter;
mod placement;
mod platform;
mod policies;
mod public_api;
mod scratch;
mod secrets;
mod surroundings;
mod variables;
mod workloads;

use std::path::Path;

use casemate_dsl::Cluster;

/// What is rendered to these places of the cluster, directories or files, as one text.
fn documents(cluster: Cluster, places: &[&str]) -> String {
    let rendered = casemate::render(cluster).unwrap_or_else(|findings| panic!("{findings}"));
    surroundings::judged(&rendered.files().collect::<Vec<_>>());
    let mut text = String::new();
    for place in places {
        let place = Path::new("example").join(place);
        let before = text.len();
        for (path, file) in rendered.files().filter(|(path, _)| Path::new(path).starts_with(&place)) {
            text.extend(["--- # ", path, "\n", file]);
        }
        assert_ne!(text.len(), before, "nothing is rendered to {}", place.display());
    }
    text
}

/// Compares what an example means with `documents/<name>.snap`.
macro_rules! means {
    ($name:literal, $cluster:expr, [$($place:literal),+ $(,)?]) => {
        insta::with_settings!(
            { snapshot_path => "documents", prepend_module_to_snapshot => false, omit_expression => true },
            { insta::assert_snapshot!($name, $crate::documents($cluster, &[$($place),+])) }
        )
    };
}

use means;
