//! Placement: where pods run, and beside whom.

use casemate_dsl::prelude::*;

use crate::calls::{Mailer, mailer};
use crate::example::{PAYMENTS, cluster, ledger};
use crate::means;

#[test]
fn placement() {
    let ledger = Deployment::new(ledger())
        .replicas(3)
        .on_nodes(node_label!("kubernetes.io/arch", "amd64"))
        .prefers_nodes(node_label!("disk", "ssd"))
        .tolerates(Taint::no_schedule(node_label!("dedicated", "ledger")))
        .spread(Spread::OnePerNode)
        .apart_from::<Mailer>()
        .priority(priority_class!("important"))
        .user_namespace()
        .host_alias(ip!("192.168.1.9"), host!("nas.example.com"))
        .ndots(1)
        .hostname(name!("books"))
        .also_in_group(gid!(44));
    let cluster = cluster().priority_class(priority_class!("important"));
    means!("placement", cluster.runs(ledger).runs(mailer()), ["services/payments/ledger/deployment-ledger.yaml"]);
}

#[test]
fn nodes_by_key() {
    let ledger = Deployment::new(ledger())
        .on_nodes(node_label!("node-role.kubernetes.io/control-plane", ""))
        .on_nodes(node_label!("topology.kubernetes.io/zone", Exists))
        .on_nodes(node_label!("example.com/rack", Exists))
        .prefers_nodes(node_label!("example.com/ups", Exists))
        .prefers_nodes(node_label!("example.com/quiet", ""))
        .tolerates(Taint::no_schedule(node_label!("node-role.kubernetes.io/control-plane", "")))
        .tolerates(Taint::no_execute(node_label!("example.com/gpu", Exists)));
    means!("nodes-by-key", cluster().runs(ledger), ["services/payments/ledger/deployment-ledger.yaml"]);
}

#[test]
fn spread_over_zones() {
    let ledger = Deployment::new(ledger()).replicas(3).spread(Spread::ZonesStrictly).near::<Mailer>();
    means!(
        "spread-over-zones",
        cluster().runs(ledger).runs(mailer()),
        ["services/payments/ledger/deployment-ledger.yaml"]
    );
}

#[test]
fn bounds_of_a_namespace() {
    let quota = Quota::new()
        .pods(15)
        .cpu(cpu!("16"))
        .memory(memory!("32Gi"))
        .memory_limit(memory!("64Gi"))
        .storage(storage!("100Gi"))
        .claims(5);
    let cluster = cluster().bounds(PAYMENTS, quota).bounds(PAYMENTS, ContainerLimits::new().memory(memory!("8Gi")));
    means!("bounds-of-a-namespace", cluster.runs(Deployment::new(ledger())), ["services/payments/_namespace"]);
}
