//! Placement: nodes, taints, classes and neighbours that there are.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{IMAGE, cluster, ledger};
use crate::{accepted, deployed, refused};

/// A neighbour.
#[derive(Debug)]
enum Auditor {}

impl Workload for Auditor {
    const NAME: Name = name!("auditor");
    const NAMESPACE: Namespace = namespace!("office");
}

fn auditor() -> CronJob<Auditor> {
    CronJob::new(cron!("0 4 * * *"), Auditor::container(IMAGE).resources(cpu!("5m"), memory!("16Mi")))
}

#[test]
fn a_node_bears_one_value_under_a_key() {
    accepted(deployed(|service| service.on_nodes(node_label!("disk", "ssd")).on_nodes(node_label!("room", "cellar"))));
    assert_snapshot!(refused(deployed(|service| service.on_nodes(node_label!("disk", "ssd")).on_nodes(node_label!("disk", "hdd")))), @r#"
    payments/ledger: no node bears both disk=ssd and disk=hdd
      --> placement.rs `on_nodes(node_label!("disk", "hdd"))`
      instead: say one of them, or prefer one with `.prefers_nodes(..)`
    "#);
}

#[test]
fn an_empty_value_is_a_value_of_its_own_and_any_holds_beside_it() {
    let role = node_label!("example.com/role", "");
    accepted(deployed(|service| service.on_nodes(role).on_nodes(node_label!("example.com/role", Exists))));
    assert_snapshot!(refused(deployed(|service| service.on_nodes(role).on_nodes(node_label!("example.com/role", "db")))), @r#"
    payments/ledger: no node bears both example.com/role= and example.com/role=db
      --> placement.rs `on_nodes(node_label!("example.com/role", "db"))`
      instead: say one of them, or prefer one with `.prefers_nodes(..)`
    "#);
}

#[test]
fn one_pod_is_not_spread() {
    accepted(deployed(|service| service.replicas(2).spread(Spread::OnePerNode)));
    assert_snapshot!(refused(deployed(|service| service.spread(Spread::OnePerNode))), @"
    payments/ledger: there are no several pods to spread
      --> placement.rs `spread(Spread::OnePerNode)`
      instead: say `.replicas(2)` or more, or leave `.spread(..)` out
    ");
}

#[test]
fn the_cluster_has_the_priority_class() {
    let important = priority_class!("important");
    accepted(cluster().priority_class(important).runs(Deployment::new(ledger()).priority(important)));
    assert_snapshot!(refused(deployed(|service| service.priority(important))), @r#"
    payments/ledger: the cluster has no priority class `important`
      --> placement.rs `priority(important)`
      instead: name one that it has, or add `.priority_class(priority_class!("important"))` to the cluster
    "#);
}

#[test]
fn the_cluster_has_the_runtime_class() {
    let nvidia = runtime_class!("nvidia");
    accepted(cluster().runtime_class(nvidia).runs(Deployment::new(ledger()).runtime(nvidia)));
    assert_snapshot!(refused(deployed(|service| service.runtime(nvidia))), @r#"
    payments/ledger: the cluster has no runtime class `nvidia`
      --> placement.rs `runtime(nvidia)`
      instead: name one that it has, or add `.runtime_class(runtime_class!("nvidia"))` to the cluster
    "#);
}

#[test]
fn a_resolver_counts_fifteen_dots() {
    accepted(deployed(|service| service.ndots(15)));
    assert_snapshot!(refused(deployed(|service| service.ndots(16))), @"
    payments/ledger: a resolver counts at most 15 dots, not 16
      --> placement.rs `ndots(16)`
      instead: say `.ndots(1)` for a service that asks for names outside of the cluster
    ");
}

#[test]
fn the_pods_of_a_stateful_set_have_hostnames() {
    accepted(deployed(|service| service.hostname(name!("books"))));
    assert_snapshot!(refused(cluster().runs(StatefulSet::new(ledger()).hostname(name!("books")))), @r#"
    payments/ledger: the pods of a StatefulSet have hostnames: its name and their numbers
      --> placement.rs `hostname(name!("books"))`
      instead: leave `.hostname(..)` out
    "#);
}

#[test]
fn an_alias_is_no_name_within_the_cluster() {
    accepted(deployed(|service| service.host_alias(ip!("192.168.1.9"), host!("nas.example.com"))));
    assert_snapshot!(refused(deployed(|service| service.host_alias(ip!("192.168.1.9"), host!("api.payments.svc.cluster.local")))), @r#"
    payments/ledger: api.payments.svc.cluster.local is a name within the cluster, which its DNS answers
      --> placement.rs `host_alias(ip!("192.168.1.9"), host!("api.payments.svc.cluster.local"))`
      instead: call the port that the service or the peer declares: `.calls(ledger::API)`
    "#);
}

#[test]
fn an_alias_is_one_address() {
    accepted(deployed(|service| {
        service
            .host_alias(ip!("192.168.1.9"), host!("nas.example.com"))
            .host_alias(ip!("192.168.1.8"), host!("printer.example.com"))
    }));
    assert_snapshot!(refused(deployed(|service| service
        .host_alias(ip!("192.168.1.9"), host!("nas.example.com"))
        .host_alias(ip!("192.168.1.8"), host!("nas.example.com")))), @r#"
    payments/ledger: nas.example.com would be both 192.168.1.9 and 192.168.1.8
      --> placement.rs `host_alias(ip!("192.168.1.8"), host!("nas.example.com"))`
      instead: say one of them
    "#);
}

#[test]
fn neighbours_are_services_that_the_cluster_runs() {
    accepted(deployed(|service| service.near::<Auditor>()).runs(auditor()));
    assert_snapshot!(refused(deployed(|service| service.near::<Auditor>())), @"
    payments/ledger: stands by office/auditor, which this cluster does not run
      --> placement.rs `near::<Auditor>()`
      instead: add `.runs(..)` of that service to the cluster, or leave it out
    ");
}

#[test]
fn a_service_is_no_neighbour_of_its_own() {
    accepted(deployed(|service| service.apart_from::<Auditor>()).runs(auditor()));
    assert_snapshot!(refused(deployed(|service| service.apart_from::<crate::example::Ledger>())), @"
    payments/ledger: runs near itself, or apart from itself
      --> placement.rs `apart_from::<crate::example::Ledger>()`
      instead: say how its own pods stand with `.spread(Spread::OnePerNode)`
    ");
}

#[test]
fn near_and_apart_are_one_decision() {
    accepted(deployed(|service| service.near::<Auditor>()).runs(auditor()));
    assert_snapshot!(refused(deployed(|service| service.near::<Auditor>().apart_from::<Auditor>()).runs(auditor())), @"
    payments/ledger: runs near office/auditor and apart from it
      --> placement.rs `near::<Auditor>()`
      instead: say one of them
    ");
}
