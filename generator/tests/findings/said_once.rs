//! What is said once, whatever it is about: a second statement would silently undo the first.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{IMAGE, Ledger, cluster, ledger};
use crate::{accepted, deployed, refused, running};

/// A container of the ledger that runs to its end.
#[track_caller]
fn ending() -> EndingContainer<Ledger> {
    Ledger::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"))
}

/// A Job of the ledger.
fn once(said: impl FnOnce(Job<Ledger>) -> Job<Ledger>) -> Cluster {
    cluster().runs(said(Job::new(ending())))
}

/// A CronJob of the ledger.
fn nightly(said: impl FnOnce(CronJob<Ledger>) -> CronJob<Ledger>) -> Cluster {
    cluster().runs(said(CronJob::new(cron!("0 4 * * *"), ending())))
}

/// A StatefulSet of the ledger.
fn numbered(said: impl FnOnce(StatefulSet<Ledger>) -> StatefulSet<Ledger>) -> Cluster {
    cluster().runs(said(StatefulSet::new(ledger())))
}

/// A DaemonSet of the ledger.
fn everywhere(said: impl FnOnce(DaemonSet<Ledger>) -> DaemonSet<Ledger>) -> Cluster {
    cluster().runs(said(DaemonSet::new(ledger())))
}

#[test]
fn the_working_directory_is_said_once() {
    accepted(running(ledger().working_dir(path!("/books"))));
    assert_snapshot!(refused(running(ledger().working_dir(path!("/books")).working_dir(path!("/accounts")))), @r#"
    payments/ledger: the working directory is said twice, first at said_once.rs on the same line
      --> said_once.rs `working_dir(path!("/accounts"))`
      instead: say it once
    "#);
}

#[test]
fn the_ephemeral_storage_is_said_once() {
    accepted(running(ledger().ephemeral_storage(storage!("1Gi"))));
    assert_snapshot!(refused(running(ledger().ephemeral_storage(storage!("1Gi")).ephemeral_storage(storage!("2Gi")))), @r#"
    payments/ledger: the ephemeral storage is said twice, first at said_once.rs on the same line
      --> said_once.rs `ephemeral_storage(storage!("2Gi"))`
      instead: say it once
    "#);
}

#[test]
fn what_comes_before_the_end_is_said_once() {
    accepted(running(ledger().pre_stop_sleep(seconds!(5))));
    assert_snapshot!(refused(running(ledger().pre_stop_sleep(seconds!(5)).pre_stop_exec(["/ledger", "drain"]))), @r#"
    payments/ledger: what happens before the end is said twice, first at said_once.rs on the same line
      --> said_once.rs `pre_stop_exec(["/ledger", "drain"])`
      instead: say it once
    "#);
}

#[test]
fn the_grace_period_is_said_once() {
    accepted(deployed(|service| service.grace_period(seconds!(60))));
    assert_snapshot!(refused(deployed(|service| service.grace_period(seconds!(60)).grace_period(seconds!(90)))), @"
    payments/ledger: the grace period is said twice, first at said_once.rs on the same line
      --> said_once.rs `grace_period(seconds!(90))`
      instead: say it once
    ");
}

#[test]
fn the_number_of_kept_revisions_is_said_once() {
    accepted(deployed(|service| service.keeps_revisions(3)));
    assert_snapshot!(refused(deployed(|service| service.keeps_revisions(3).keeps_revisions(5))), @"
    payments/ledger: the number of kept revisions is said twice, first at said_once.rs on the same line
      --> said_once.rs `keeps_revisions(5)`
      instead: say it once
    ");
}

#[test]
fn how_pods_are_spread_is_said_once() {
    accepted(deployed(|service| service.replicas(2).spread(Spread::OnePerNode)));
    assert_snapshot!(refused(deployed(|service| service.replicas(2).spread(Spread::OnePerNode).spread(Spread::Nodes))), @"
    payments/ledger: how its pods are spread is said twice, first at said_once.rs on the same line
      --> said_once.rs `spread(Spread::Nodes)`
      instead: say it once
    ");
}

#[test]
fn that_pods_run_in_a_user_namespace_is_said_once() {
    accepted(deployed(|service| service.user_namespace()));
    assert_snapshot!(refused(deployed(|service| service.user_namespace().user_namespace())), @"
    payments/ledger: that it runs in a user namespace is said twice, first at said_once.rs on the same line
      --> said_once.rs `user_namespace()`
      instead: say it once
    ");
}

#[test]
fn the_number_of_dots_is_said_once() {
    accepted(deployed(|service| service.ndots(1)));
    assert_snapshot!(refused(deployed(|service| service.ndots(1).ndots(2))), @"
    payments/ledger: the number of dots is said twice, first at said_once.rs on the same line
      --> said_once.rs `ndots(2)`
      instead: say it once
    ");
}

#[test]
fn the_hostname_of_pods_is_said_once() {
    accepted(deployed(|service| service.hostname(name!("books"))));
    assert_snapshot!(refused(deployed(|service| service.hostname(name!("books")).hostname(name!("accounts")))), @r#"
    payments/ledger: the hostname of its pods is said twice, first at said_once.rs on the same line
      --> said_once.rs `hostname(name!("accounts"))`
      instead: say it once
    "#);
}

#[test]
fn that_pods_start_at_once_is_said_once() {
    accepted(numbered(|service| service.parallel()));
    assert_snapshot!(refused(numbered(|service| service.parallel().parallel())), @"
    payments/ledger: that its pods start at once is said twice, first at said_once.rs on the same line
      --> said_once.rs `parallel()`
      instead: say it once
    ");
}

#[test]
fn the_number_of_nodes_without_a_pod_is_said_once() {
    accepted(everywhere(|service| service.max_unavailable(1)));
    assert_snapshot!(refused(everywhere(|service| service.max_unavailable(1).max_unavailable(2))), @"
    payments/ledger: the number of nodes without its pod is said twice, first at said_once.rs on the same line
      --> said_once.rs `max_unavailable(2)`
      instead: say it once
    ");
}

#[test]
fn the_number_of_completions_is_said_once() {
    accepted(once(|service| service.completions(2)));
    assert_snapshot!(refused(once(|service| service.completions(2).completions(3))), @"
    payments/ledger: the number of completions is said twice, first at said_once.rs on the same line
      --> said_once.rs `completions(3)`
      instead: say it once
    ");
}

#[test]
fn the_parallelism_is_said_once() {
    accepted(once(|service| service.completions(3).parallelism(2)));
    assert_snapshot!(refused(once(|service| service.completions(3).parallelism(2).parallelism(3))), @"
    payments/ledger: the parallelism is said twice, first at said_once.rs on the same line
      --> said_once.rs `parallelism(3)`
      instead: say it once
    ");
}

#[test]
fn the_starting_deadline_is_said_once() {
    accepted(nightly(|service| service.starting_deadline(seconds!(60))));
    assert_snapshot!(refused(nightly(|service| service.starting_deadline(seconds!(60)).starting_deadline(seconds!(90)))), @"
    payments/ledger: the starting deadline is said twice, first at said_once.rs on the same line
      --> said_once.rs `starting_deadline(seconds!(90))`
      instead: say it once
    ");
}

#[test]
fn the_concurrency_is_said_once() {
    accepted(nightly(|service| service.concurrency(Concurrency::Replace)));
    assert_snapshot!(refused(nightly(|service| service.concurrency(Concurrency::Replace).concurrency(Concurrency::Allow))), @"
    payments/ledger: the concurrency is said twice, first at said_once.rs on the same line
      --> said_once.rs `concurrency(Concurrency::Allow)`
      instead: say it once
    ");
}

#[test]
fn the_number_of_kept_runs_is_said_once() {
    accepted(nightly(|service| service.keeps_runs(3, 1)));
    assert_snapshot!(refused(nightly(|service| service.keeps_runs(3, 1).keeps_runs(1, 1))), @"
    payments/ledger: the number of kept runs is said twice, first at said_once.rs on the same line
      --> said_once.rs `keeps_runs(1, 1)`
      instead: say it once
    ");
}

#[test]
fn a_priority_class_is_said_once() {
    const IMPORTANT: PriorityClass = priority_class!("important");
    let ranked = |service: Deployment<Ledger>| cluster().priority_class(IMPORTANT).runs(service);
    accepted(ranked(Deployment::new(ledger()).priority(IMPORTANT)));
    assert_snapshot!(refused(ranked(Deployment::new(ledger()).priority(IMPORTANT).priority(IMPORTANT))), @"
    payments/ledger: the priority class is said twice, first at said_once.rs on the same line
      --> said_once.rs `priority(IMPORTANT)`
      instead: say it once
    ");
}

#[test]
fn a_runtime_class_is_said_once() {
    const NVIDIA: RuntimeClass = runtime_class!("nvidia");
    let run_by = |service: Deployment<Ledger>| cluster().runtime_class(NVIDIA).runs(service);
    accepted(run_by(Deployment::new(ledger()).runtime(NVIDIA)));
    assert_snapshot!(refused(run_by(Deployment::new(ledger()).runtime(NVIDIA).runtime(NVIDIA))), @"
    payments/ledger: the runtime class is said twice, first at said_once.rs on the same line
      --> said_once.rs `runtime(NVIDIA)`
      instead: say it once
    ");
}

#[test]
fn the_namespace_of_cert_manager_is_said_once() {
    let cluster = || cluster().cert_manager(name!("cert-manager"));
    accepted(cluster());
    assert_snapshot!(refused(cluster().cert_manager(name!("certificates"))), @r#"
    cluster example: the namespace of cert-manager is said twice, first at said_once.rs above
      --> said_once.rs `cert_manager(name!("certificates"))`
      instead: say it once
    "#);
}
