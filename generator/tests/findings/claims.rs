//! Claims, and what services that share one agree about.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{IMAGE, PAYMENTS, cluster, ledger};
use crate::{accepted, refused};

const LONGHORN: StorageClass = storage_class!("longhorn");
const OWN: Claim = Claim::own(name!("books"), storage!("1Gi"));
const SHARED: Claim = Claim::shared(PAYMENTS, name!("books"), storage!("1Gi"));

fn mounting(claim: Claim) -> Deployment<crate::example::Ledger> {
    Deployment::new(ledger().mounts(claim, path!("/books")))
}

#[test]
fn a_claim_has_a_storage_class() {
    accepted(cluster().default_storage(LONGHORN).runs(mounting(OWN)));
    assert_snapshot!(refused(cluster().runs(mounting(OWN))), @r#"
    payments/ledger: the claim `books` names no storage class, and the cluster has no default one
      --> claims.rs `mounts(claim, path!("/books"))`
      instead: say `.of_class(storage_class!("…"))` at the claim, or `.default_storage(..)` at the cluster
    "#);
}

#[test]
fn the_cluster_has_the_storage_class() {
    let claim = OWN.of_class(LONGHORN);
    accepted(cluster().storage(LONGHORN).runs(mounting(claim)));
    assert_snapshot!(refused(cluster().storage(storage_class!("local-path")).runs(mounting(claim))), @r#"
    payments/ledger: the cluster has no storage class `longhorn`
      --> claims.rs `mounts(claim, path!("/books"))`
      instead: name one that it has, or add `.storage(storage_class!("longhorn"))` to the cluster
    "#);
}

#[test]
fn a_claim_is_one_of_the_service_s_namespace() {
    const ELSEWHERE: Claim = Claim::shared(namespace!("office"), name!("books"), storage!("1Gi"));
    accepted(cluster().default_storage(LONGHORN).runs(mounting(SHARED)));
    assert_snapshot!(refused(cluster().default_storage(LONGHORN).runs(mounting(ELSEWHERE))), @r#"
    payments/ledger: the claim `books` belongs to namespace office, and a pod mounts claims of its own namespace only
      --> claims.rs `mounts(claim, path!("/books"))`
      instead: move the service to office, or let a service there serve what the claim holds
    "#);
}

#[test]
fn an_own_claim_has_one_pod() {
    let cluster = || cluster().default_storage(LONGHORN);
    accepted(cluster().runs(mounting(SHARED).replicas(2)));
    assert_snapshot!(refused(cluster().runs(mounting(OWN).replicas(2))), @r#"
    payments/ledger: several replicas mount a claim that only one pod can have
      --> claims.rs `Deployment::new(ledger().mounts(claim, path!("/books")))`
      instead: one pod holds such a claim: say `.replicas(1)`, or share one with `Claim::shared(..)`
    "#);
}

#[test]
fn an_own_claim_is_not_autoscaled() {
    assert_snapshot!(refused(cluster().default_storage(LONGHORN).runs(mounting(OWN).replicas(between(1, 2)))), @r#"
    payments/ledger: several replicas mount a claim that only one pod can have
      --> claims.rs `Deployment::new(ledger().mounts(claim, path!("/books")))`
      instead: one pod holds such a claim: say `.replicas(1)`, or share one with `Claim::shared(..)`
    "#);
}

#[test]
fn two_own_claims_have_two_names() {
    const LARGER: Claim = Claim::own(name!("books"), storage!("2Gi"));
    let twice = |second| Deployment::new(ledger().mounts(OWN, path!("/a")).mounts(second, path!("/b")));
    accepted(cluster().default_storage(LONGHORN).runs(twice(OWN)));
    assert_snapshot!(refused(cluster().default_storage(LONGHORN).runs(twice(LARGER))), @r#"
    payments/ledger: two claims of this service are named `books`
      --> claims.rs `mounts(second, path!("/b"))`
      instead: give one of them another name, or declare the claim once, as a constant
    "#);
}

#[test]
fn an_own_claim_and_a_shared_one_have_two_names() {
    let both = Deployment::new(ledger().mounts(OWN, path!("/a")).mounts(SHARED, path!("/b")));
    assert_snapshot!(refused(cluster().default_storage(LONGHORN).runs(both)), @r#"
    payments/ledger: two claims of this service are named `books`
      --> claims.rs `mounts(SHARED, path!("/b"))`
      instead: give one of them another name, or declare the claim once, as a constant
    "#);
}

#[derive(Debug)]
enum Report {}

impl Workload for Report {
    const NAME: Name = name!("report");
    const NAMESPACE: Namespace = PAYMENTS;
}

fn report(claim: Claim) -> CronJob<Report> {
    let container = Report::container(IMAGE).resources(cpu!("10m"), memory!("16Mi")).reads(claim, path!("/input"));
    CronJob::new(cron!("0 4 * * *"), container)
}

#[test]
fn a_shared_claim_is_declared_in_one_way() {
    let cluster = || cluster().default_storage(LONGHORN).runs(mounting(SHARED));
    accepted(cluster().runs(report(SHARED)));
    assert_snapshot!(refused(cluster().runs(report(SHARED.disposable()))), @r#"
    payments/report: the claim `books` is declared differently at claims.rs above
      --> claims.rs `reads(claim, path!("/input"))`
      instead: declare a shared claim once, as a constant, and name it
    "#);
}

#[test]
fn services_that_share_a_claim_own_it_as_one_group() {
    let cluster = || cluster().default_storage(LONGHORN).runs(mounting(SHARED).volume_group(gid!(100)));
    accepted(cluster().runs(report(SHARED).volume_group(gid!(100))));
    assert_snapshot!(refused(cluster().runs(report(SHARED))), @r#"
    payments/report: the claim `books` would be owned by group 65532 here, and by group 100 where payments/ledger mounts it (claims.rs above)
      --> claims.rs `reads(claim, path!("/input"))`
      instead: say the same `.volume_group(..)` at all services that share the claim
    "#);
}
