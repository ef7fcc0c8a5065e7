//! Bounds: of namespaces in which something runs, and which hold what runs there.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{API, IMAGE, Ledger, PAYMENTS, cluster, ledger};
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

/// Two ledgers with 1Gi each, which share 2Gi.
fn claiming(quota: Quota) -> Cluster {
    const OWN: Claim = Claim::template(name!("own"), storage!("1Gi"));
    const SHARED: Claim = Claim::shared(PAYMENTS, name!("shared"), storage!("2Gi")).read_write_many();
    let ledger = ledger().mounts(OWN, path!("/own")).mounts(SHARED, path!("/shared"));
    cluster()
        .default_storage(storage_class!("longhorn"))
        .runs(StatefulSet::new(ledger).replicas(2))
        .bounds(PAYMENTS, quota)
}

#[test]
fn a_quota_holds_the_claims_that_are_declared() {
    accepted(claiming(Quota::new().claims(3)));
    assert_snapshot!(refused(claiming(Quota::new().claims(2))), @"
    namespace payments: its services claim 3 volumes, and the quota is 2
      --> bounds.rs `bounds(PAYMENTS, quota)`
      instead: raise the quota, or lower what the services claim
    ");
}

#[test]
fn a_quota_holds_the_storage_that_is_claimed() {
    accepted(claiming(Quota::new().storage(storage!("4Gi"))));
    assert_snapshot!(refused(claiming(Quota::new().storage(storage!("3Gi")))), @"
    namespace payments: its services claim 4096Mi of storage, and the quota is 3Gi
      --> bounds.rs `bounds(PAYMENTS, quota)`
      instead: raise the quota, or lower what the services claim
    ");
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
fn the_proxy_fits_into_the_limits() {
    let small = || {
        Ledger::container(IMAGE)
            .resources(cpu!("10m"), memory!("16Mi"))
            .serves(API)
            .probes(Probes::http(API, path!("/healthz")))
    };
    let limited = |most| cluster().runs(Deployment::new(small())).bounds(PAYMENTS, ContainerLimits::new().memory(most));
    accepted(limited(memory!("128Mi")));
    assert_snapshot!(refused(limited(memory!("127Mi"))), @"
    namespace payments: Linkerd's proxy may use more memory than the 127Mi of a container
      --> bounds.rs `bounds(PAYMENTS, ContainerLimits::new().memory(most))`
      instead: raise the limit of the namespace, or lower the container's
    ");
}

#[test]
fn bounds_bound_something() {
    accepted(ledgers().bounds(PAYMENTS, Quota::new().claims(1)));
    assert_snapshot!(refused(ledgers().bounds(PAYMENTS, Quota::new())), @"
    cluster example: this quota bounds nothing
      --> bounds.rs `bounds(PAYMENTS, Quota::new())`
      instead: say `.pods(15)`, for instance
    ");
}

#[test]
fn limits_limit_something() {
    accepted(ledgers().bounds(PAYMENTS, ContainerLimits::new().memory(memory!("8Gi"))));
    assert_snapshot!(refused(ledgers().bounds(PAYMENTS, ContainerLimits::new())), @r#"
    cluster example: these limits bound nothing
      --> bounds.rs `bounds(PAYMENTS, ContainerLimits::new())`
      instead: say `.memory(memory!("8Gi"))`
    "#);
}

#[test]
fn a_bounded_namespace_has_services() {
    accepted(ledgers().bounds(PAYMENTS, Quota::new().pods(2)));
    assert_snapshot!(refused(ledgers().bounds(namespace!("office"), Quota::new().pods(2))), @r#"
    cluster example: bounds namespace office, in which nothing runs
      --> bounds.rs `bounds(namespace!("office"), Quota::new().pods(2))`
      instead: bound a namespace in which a service runs, or leave it out
    "#);
}

#[test]
fn a_namespace_is_bounded_once() {
    accepted(
        ledgers()
            .bounds(PAYMENTS, Quota::new().pods(2))
            .bounds(PAYMENTS, ContainerLimits::new().memory(memory!("8Gi"))),
    );
    assert_snapshot!(refused(ledgers().bounds(PAYMENTS, Quota::new().pods(2)).bounds(PAYMENTS, Quota::new().pods(3))), @"
    cluster example: namespace payments is bounded twice, first at bounds.rs on the same line
      --> bounds.rs `bounds(PAYMENTS, Quota::new().pods(3))`
      instead: say everything in one `Quota::new()`, or one `ContainerLimits::new()`
    ");
}

/// The ledgers in a namespace with this quota.
fn bounded(quota: Quota) -> Cluster {
    ledgers().bounds(PAYMENTS, quota)
}

/// The ledgers in a namespace whose containers have these limits.
fn limited(limits: ContainerLimits) -> Cluster {
    ledgers().bounds(PAYMENTS, limits)
}

#[test]
fn the_number_of_pods_of_a_quota_is_said_once() {
    accepted(bounded(Quota::new().pods(15)));
    assert_snapshot!(refused(bounded(Quota::new().pods(15).pods(20))), @"
    cluster example: the quota's number of pods is said twice, first at bounds.rs on the same line
      --> bounds.rs `pods(20)`
      instead: say it once
    ");
}

#[test]
fn the_cpu_of_a_quota_is_said_once() {
    accepted(bounded(Quota::new().cpu(cpu!("4"))));
    assert_snapshot!(refused(bounded(Quota::new().cpu(cpu!("4")).cpu(cpu!("8")))), @r#"
    cluster example: the quota's cpu is said twice, first at bounds.rs on the same line
      --> bounds.rs `cpu(cpu!("8"))`
      instead: say it once
    "#);
}

#[test]
fn the_memory_of_a_quota_is_said_once() {
    accepted(bounded(Quota::new().memory(memory!("4Gi"))));
    assert_snapshot!(refused(bounded(Quota::new().memory(memory!("4Gi")).memory(memory!("8Gi")))), @r#"
    cluster example: the quota's memory is said twice, first at bounds.rs on the same line
      --> bounds.rs `memory(memory!("8Gi"))`
      instead: say it once
    "#);
}

#[test]
fn the_memory_limit_of_a_quota_is_said_once() {
    accepted(bounded(Quota::new().memory_limit(memory!("4Gi"))));
    assert_snapshot!(refused(bounded(Quota::new().memory_limit(memory!("4Gi")).memory_limit(memory!("8Gi")))), @r#"
    cluster example: the quota's memory limit is said twice, first at bounds.rs on the same line
      --> bounds.rs `memory_limit(memory!("8Gi"))`
      instead: say it once
    "#);
}

#[test]
fn the_storage_of_a_quota_is_said_once() {
    accepted(bounded(Quota::new().storage(storage!("10Gi"))));
    assert_snapshot!(refused(bounded(Quota::new().storage(storage!("10Gi")).storage(storage!("20Gi")))), @r#"
    cluster example: the quota's storage is said twice, first at bounds.rs on the same line
      --> bounds.rs `storage(storage!("20Gi"))`
      instead: say it once
    "#);
}

#[test]
fn the_number_of_claims_of_a_quota_is_said_once() {
    accepted(bounded(Quota::new().claims(3)));
    assert_snapshot!(refused(bounded(Quota::new().claims(3).claims(4))), @"
    cluster example: the quota's number of claims is said twice, first at bounds.rs on the same line
      --> bounds.rs `claims(4)`
      instead: say it once
    ");
}

#[test]
fn the_memory_of_a_container_is_said_once() {
    accepted(limited(ContainerLimits::new().memory(memory!("4Gi"))));
    assert_snapshot!(refused(limited(ContainerLimits::new().memory(memory!("4Gi")).memory(memory!("8Gi")))), @r#"
    cluster example: the memory of a container is said twice, first at bounds.rs on the same line
      --> bounds.rs `memory(memory!("8Gi"))`
      instead: say it once
    "#);
}
