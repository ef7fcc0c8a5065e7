//! Bounds: of namespaces in which something runs, and which hold what runs there.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{PAYMENTS, cluster, ledger};
use crate::{accepted, refused};

/// Two ledgers: each 250m and 256Mi, and 10m, 32Mi and a limit of 128Mi for its proxy.
fn ledgers() -> Cluster {
    cluster().runs(Deployment::new(ledger()).replicas(2))
}

#[test]
fn a_quota_holds_the_pods_that_are_declared() {
    accepted(ledgers().bounds(PAYMENTS, Quota::new().pods(2)));
    assert_snapshot!(refused(ledgers().bounds(PAYMENTS, Quota::new().pods(1))), @"
    namespace payments: its services take 2 pods when all of them run, with their proxies, and the quota is 1
      --> bounds.rs `bounds(PAYMENTS, Quota::new().pods(1))`
      instead: raise the quota, or lower what the services request
    ");
}

#[test]
fn a_quota_holds_the_cpu_that_is_declared() {
    accepted(ledgers().bounds(PAYMENTS, Quota::new().cpu(cpu!("520m"))));
    assert_snapshot!(refused(ledgers().bounds(PAYMENTS, Quota::new().cpu(cpu!("519m")))), @r#"
    namespace payments: its services take 520m of cpu when all of them run, with their proxies, and the quota is 519m
      --> bounds.rs `bounds(PAYMENTS, Quota::new().cpu(cpu!("519m")))`
      instead: raise the quota, or lower what the services request
    "#);
}

#[test]
fn a_quota_holds_the_memory_that_is_declared() {
    accepted(ledgers().bounds(PAYMENTS, Quota::new().memory(memory!("576Mi"))));
    assert_snapshot!(refused(ledgers().bounds(PAYMENTS, Quota::new().memory(memory!("575Mi")))), @r#"
    namespace payments: its services take 576Mi of memory when all of them run, with their proxies, and the quota is 575Mi
      --> bounds.rs `bounds(PAYMENTS, Quota::new().memory(memory!("575Mi")))`
      instead: raise the quota, or lower what the services request
    "#);
}

#[test]
fn a_quota_holds_the_memory_limits_that_are_declared() {
    accepted(ledgers().bounds(PAYMENTS, Quota::new().memory_limit(memory!("768Mi"))));
    assert_snapshot!(refused(ledgers().bounds(PAYMENTS, Quota::new().memory_limit(memory!("767Mi")))), @r#"
    namespace payments: its services take 768Mi of memory limits when all of them run, with their proxies, and the quota is 767Mi
      --> bounds.rs `bounds(PAYMENTS, Quota::new().memory_limit(memory!("767Mi")))`
      instead: raise the quota, or lower what the services request
    "#);
}

#[test]
fn a_container_fits_into_the_limits() {
    accepted(ledgers().bounds(PAYMENTS, ContainerLimits::new().memory(memory!("256Mi"))));
    assert_snapshot!(refused(ledgers().bounds(PAYMENTS, ContainerLimits::new().memory(memory!("255Mi")))), @r#"
    namespace payments: container ledger of ledger may use 256Mi of memory, and a container at most 255Mi
      --> bounds.rs `bounds(PAYMENTS, ContainerLimits::new().memory(memory!("255Mi")))`
      instead: raise the limit of the namespace, or lower the container's
    "#);
}

#[test]
fn bounds_bound_something() {
    assert_snapshot!(refused(ledgers().bounds(PAYMENTS, Quota::new())), @"
    cluster example: this quota bounds nothing
      --> bounds.rs `bounds(PAYMENTS, Quota::new())`
      instead: say `.pods(15)`, for instance
    ");
}

#[test]
fn limits_limit_something() {
    assert_snapshot!(refused(ledgers().bounds(PAYMENTS, ContainerLimits::new())), @r#"
    cluster example: these limits bound nothing
      --> bounds.rs `bounds(PAYMENTS, ContainerLimits::new())`
      instead: say `.memory(memory!("8Gi"))`
    "#);
}

#[test]
fn a_bounded_namespace_has_services() {
    assert_snapshot!(refused(ledgers().bounds(namespace!("office"), Quota::new().pods(2))), @r#"
    cluster example: bounds namespace office, in which nothing runs
      --> bounds.rs `bounds(namespace!("office"), Quota::new().pods(2))`
      instead: bound a namespace in which a service runs, or leave it out
    "#);
}

#[test]
fn a_namespace_is_bounded_once() {
    assert_snapshot!(refused(ledgers().bounds(PAYMENTS, Quota::new().pods(2)).bounds(PAYMENTS, Quota::new().pods(3))), @"
    cluster example: namespace payments is bounded twice, first at bounds.rs on the same line
      --> bounds.rs `bounds(PAYMENTS, Quota::new().pods(3))`
      instead: say everything in one `Quota::new()`, or one `ContainerLimits::new()`
    ");
}
