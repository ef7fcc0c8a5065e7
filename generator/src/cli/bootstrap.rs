//! `bootstrap`: the script that brings a cluster to GitOps.

use casemate_dsl::Cluster;

use super::args::BootstrapArgs;
use super::exit::Exit;
use super::{render, report};
use crate::bootstrap::script;

/// Runs `bootstrap`.
pub(super) fn bootstrap(clusters: impl IntoIterator<Item = Cluster>, args: &BootstrapArgs) -> Exit {
    let BootstrapArgs { cluster } = args;
    let clusters: Vec<Cluster> = clusters.into_iter().collect();
    let names: Vec<&str> = clusters.iter().map(|cluster| cluster.name().as_str()).collect();
    // Two of one name are the declarations' mistake, which `graphs` names.
    if cluster.is_none() && names.iter().any(|name| *name != names[0]) {
        return report::usage(&format!(
            "a script is for one cluster, and there is {}: name it, `--cluster {}`",
            report::list(&names),
            names[0]
        ));
    }
    let graphs = match render::graphs(clusters, cluster.as_deref()) {
        Ok((graphs, _)) => graphs,
        Err(refusal) => return refusal.report(),
    };
    match graphs.first() {
        Some(graph) => report::print(&script(graph)),
        None => report::usage("there is no cluster"),
    }
}
