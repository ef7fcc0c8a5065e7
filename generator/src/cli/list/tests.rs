//! What a person reads of a cluster.

#[path = "../../../../snapshots/example.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod example;

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use super::as_text;
use crate::resolve::resolve;
use example::{Ledger, cluster, ledger};

#[track_caller]
fn listed(cluster: Cluster) -> String {
    match resolve(cluster) {
        Ok(resolved) => as_text(&resolved.graph),
        Err(findings) => panic!("{findings:#?}"),
    }
}

#[track_caller]
fn running(container: ReadyContainer<Ledger>) -> Cluster {
    cluster().runs(Deployment::new(container))
}

#[test]
fn rights_with_their_reasons() {
    let ledger = ledger()
        .may(api::LEASES.manage())
        .may(api::CONFIG_MAPS.named(name!("state")).manage())
        .may(api::custom!("agents.x-k8s.io", "sandboxes").manage(because!("each job runs in a sandbox")))
        .may(api::NODES.read_everywhere(because!("the page shows every node")));
    assert_snapshot!(listed(running(ledger)), @"
    cluster example

    payments/ledger  Deployment × 1
      serves  8080
      may     manage configmaps `state`
              read nodes of the whole cluster (the page shows every node)
              manage sandboxes.agents.x-k8s.io (each job runs in a sandbox)
              manage leases.coordination.k8s.io

    reaches further than most, for the reason that is declared:
      payments/ledger has rights on nodes of the whole cluster: the page shows every node
    ");
}
