//! The cluster, and what lives in which of its namespaces.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{PAYMENTS, TUNNEL, cluster, cluster_with, ledger};
use crate::{accepted, refused};

#[test]
fn the_tunnel_has_a_namespace_of_its_own() {
    let ledger = || Deployment::new(ledger());
    accepted(cluster().tunnel(TUNNEL).runs(ledger()));
    let among_services = Tunnel { namespace: PAYMENTS, ..TUNNEL };
    assert_snapshot!(refused(cluster().tunnel(among_services).runs(ledger())), @"
    cluster example: services run in namespace payments, which is the tunnel's
      --> cluster.rs `tunnel(among_services)`
      instead: give the tunnel a namespace of its own: whatever runs beside it could reach what it reaches
    ");
}

/// A cluster whose DNS runs in the namespace of this name.
fn resolving_in(namespace: Name) -> Cluster {
    let dns = Dns { namespace, label: label!("k8s-app", "kube-dns"), node_local: None };
    cluster_with(ApiServers::at(ip!("192.168.1.10"), port_number!(6443)), dns)
}

#[test]
fn no_service_lives_in_a_namespace_of_the_platform() {
    accepted(resolving_in(name!("dns")).runs(Deployment::new(ledger())));
    assert_snapshot!(refused(resolving_in(name!("payments")).runs(Deployment::new(ledger()))), @"
    payments/ledger: namespace payments belongs to the cluster's DNS
      --> cluster.rs `Deployment::new(ledger())`
      instead: choose a namespace that holds services only
    ");
}

#[test]
fn the_tunnel_lives_in_no_namespace_of_the_platform() {
    accepted(resolving_in(name!("dns")).tunnel(TUNNEL));
    assert_snapshot!(refused(resolving_in(name!("cloudflared")).tunnel(TUNNEL)), @"
    cluster example: namespace cloudflared belongs to the cluster's DNS
      --> cluster.rs `tunnel(TUNNEL)`
      instead: choose a namespace that holds services only
    ");
}
