//! `plugin`: what Argo CD runs.

use std::path::Path;

use casemate_dsl::Cluster;

use super::exit::Exit;
use super::{render, report};
use crate::plugin::{self, Environment, Refusal, Ungenerated};

/// Runs `plugin guard`.
pub(super) fn guard(directory: &Path) -> Exit {
    match environment().and_then(|environment| plugin::guard(directory, &environment)) {
        Ok(guarded) => report::documents(&guarded.texts),
        Err(refusal) => report::nothing(&refusal),
    }
}

/// Runs `plugin generate`, in a program that was built from these sources.
pub(super) fn generate(clusters: impl IntoIterator<Item = Cluster>, sources: Option<&str>, directory: &Path) -> Exit {
    let checked = environment().and_then(|environment| Ok((environment, plugin::check(directory, sources)?)));
    let (environment, checkout) = match checked {
        Ok(checked) => checked,
        Err(refusal) => return report::nothing(&refusal),
    };
    let graphs = match render::graphs(clusters, None) {
        Ok((graphs, _)) => graphs,
        Err(refusal) => return refusal.report(),
    };
    match plugin::generate(&checkout, &environment, &graphs) {
        Ok(texts) => report::documents(&texts),
        Err(Ungenerated::Refused(refusal)) => report::nothing(&refusal),
        Err(Ungenerated::Invalid(findings)) => report::findings(&findings),
    }
}

fn environment() -> Result<Environment, Refusal> {
    Environment::read(std::env::vars_os()).map_err(|lines| Refusal { lines, is_io: false })
}
