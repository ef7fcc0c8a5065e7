//! Facts about a cluster that reach its manifests.

use casemate_dsl::prelude::*;

use crate::example::{cluster_with, ledger};
use crate::means;

#[test]
fn node_local_dns() {
    let dns = Dns {
        namespace: name!("kube-system"),
        label: label!("k8s-app", "coredns"),
        node_local: Some(ip!("169.254.20.10")),
    };
    let cluster = cluster_with(ApiServers::at(ip!("192.168.1.10"), port_number!(6443)), dns);
    means!("node-local-dns", cluster.runs(Deployment::new(ledger())), ["services/payments/_namespace"]);
}

#[test]
fn several_api_servers() {
    let servers = ApiServers::at(ip!("192.168.1.10"), port_number!(6443))
        .and(ip!("192.168.1.11"), port_number!(6443))
        .and(ip!("192.168.1.12"), port_number!(443));
    let dns = Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns"), node_local: None };
    let ledger = Deployment::new(ledger().may(api::PODS.read()));
    means!("several-api-servers", cluster_with(servers, dns).runs(ledger), ["services/payments/ledger"]);
}
