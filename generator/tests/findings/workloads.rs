//! Kinds of workload, their containers, and their rollouts.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{API, IMAGE, Ledger, cluster, ledger};
use crate::{accepted, deployed, refused};

/// Another container of the ledger, which serves nothing.
#[track_caller]
fn exporter() -> ReadyContainer<Ledger> {
    Ledger::container_named(name!("exporter"), IMAGE)
        .resources(cpu!("5m"), memory!("16Mi"))
        .probes(Probes::only_alive(exec(["/exporter", "check"])))
}

/// A container of the ledger that runs to its end.
#[track_caller]
fn migrates() -> EndingContainer<Ledger> {
    Ledger::container_named(name!("migrate"), IMAGE).resources(cpu!("5m"), memory!("16Mi"))
}

/// A Job of the ledger.
fn once(said: impl FnOnce(Job<Ledger>) -> Job<Ledger>) -> Cluster {
    cluster().runs(said(Job::new(Ledger::container(IMAGE).resources(cpu!("10m"), memory!("16Mi")))))
}

/// A CronJob of the ledger.
fn nightly(said: impl FnOnce(CronJob<Ledger>) -> CronJob<Ledger>) -> Cluster {
    let container = Ledger::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"));
    cluster().runs(said(CronJob::new(cron!("0 4 * * *"), container)))
}

/// A DaemonSet of the ledger.
fn everywhere(said: impl FnOnce(DaemonSet<Ledger>) -> DaemonSet<Ledger>) -> Cluster {
    cluster().runs(said(DaemonSet::new(ledger())))
}

#[test]
fn containers_have_names_of_their_own() {
    accepted(deployed(|service| service.container(exporter())));
    assert_snapshot!(refused(deployed(|service| service.container(exporter()).container(exporter()))), @r#"
    payments/ledger: two containers are named `exporter`, the other at workloads.rs on the same line
      --> workloads.rs `exporter()`
      instead: begin the second one with a name of its own: `Ledger::container_named(name!("exporter"), IMAGE)`
    "#);
}

#[test]
fn a_second_container_does_not_bear_the_services_name() {
    let second = || {
        Ledger::container(IMAGE)
            .resources(cpu!("5m"), memory!("16Mi"))
            .probes(Probes::only_alive(exec(["/exporter", "check"])))
    };
    accepted(deployed(|service| service.container(exporter())));
    assert_snapshot!(refused(deployed(|service| service.container(second()))), @r#"
    payments/ledger: two containers are named `ledger`, the other at workloads.rs below
      --> workloads.rs `Ledger::container(IMAGE)`
      instead: begin the second one with a name of its own: `Ledger::container_named(name!("exporter"), IMAGE)`
    "#);
}

#[test]
fn no_container_is_named_like_a_proxy() {
    let named = |name| {
        Ledger::container_named(name, IMAGE)
            .resources(cpu!("5m"), memory!("16Mi"))
            .probes(Probes::only_alive(exec(["/exporter", "check"])))
    };
    accepted(deployed(|service| service.container(named(name!("door")))));
    assert_snapshot!(refused(deployed(|service| service.container(named(name!("envoy"))))), @"
    payments/ledger: `envoy` names a proxy to Linkerd, which would leave its pods outside of the mesh
      --> workloads.rs `Ledger::container_named(name, IMAGE)`
      instead: give the container another name
    ");
}

#[test]
fn one_container_of_a_pod_serves_a_port() {
    const METRICS: Port<Ledger, Http> = port!(9090);
    let beside = |port| {
        let exporter = Ledger::container_named(name!("exporter"), IMAGE)
            .resources(cpu!("5m"), memory!("16Mi"))
            .serves(port)
            .probes(Probes::http(port, path!("/healthz")));
        deployed(|service| service.sidecar(exporter))
    };
    accepted(beside(METRICS));
    assert_snapshot!(refused(beside(API)), @"
    payments/ledger: two containers of one pod serve port 8080, which only one of them can have
      --> workloads.rs `serves(port)`
      instead: give one of them another port
    ");
}

#[test]
fn an_init_container_serves_nothing() {
    accepted(deployed(|service| service.init_container(migrates())));
    assert_snapshot!(refused(deployed(|service| service.init_container(migrates().serves(port!(9090) as Port<Ledger, Http>)))), @"
    payments/ledger: an init container serves port 9090, and has ended when its pod takes calls
      --> workloads.rs `serves(port!(9090) as Port<Ledger, Http>)`
      instead: serve it from a container that stays, or make this one a `.sidecar(..)`
    ");
}

#[test]
fn an_init_container_is_not_told_to_end() {
    accepted(deployed(|service| service.sidecar(exporter().pre_stop_sleep(seconds!(5)))));
    assert_snapshot!(refused(deployed(|service| service.init_container(migrates().pre_stop_sleep(seconds!(5))))), @"
    payments/ledger: an init container ends before the others start, and is not told to end
      --> workloads.rs `pre_stop_sleep(seconds!(5))`
      instead: leave it out, or let the container stay: `.sidecar(..)`
    ");
}

#[test]
fn what_comes_before_the_end_runs_something() {
    accepted(cluster().runs(Deployment::new(ledger().pre_stop_exec(["/ledger", "drain"]))));
    assert_snapshot!(refused(cluster().runs(Deployment::new(ledger().pre_stop_exec::<&str>([])))), @"
    payments/ledger: no command runs before the end
      --> workloads.rs `pre_stop_exec::<&str>([])`
      instead: name a program of the image, or wait with `.pre_stop_sleep(..)`
    ");
}

#[test]
fn what_comes_before_the_end_holds_no_credential() {
    accepted(cluster().runs(Deployment::new(ledger().pre_stop_exec(["/ledger", "--password=$(PASSWORD)"]))));
    assert_snapshot!(refused(cluster().runs(Deployment::new(ledger().pre_stop_exec(["/ledger", "--password=hunter2"])))), @r#"
    payments/ledger: word 2 of the command before the end holds what looks like a credential at a flag, which would stand in Git
      --> workloads.rs `pre_stop_exec(["/ledger", "--password=hunter2"])`
      instead: set a variable from 1Password, and name it here: `--password=$(DB_PASSWORD)`
    "#);
}

#[test]
fn a_pod_has_time_for_what_comes_before_the_end() {
    accepted(cluster().runs(Deployment::new(ledger().pre_stop_sleep(seconds!(29)))));
    accepted(cluster().runs(Deployment::new(ledger().pre_stop_sleep(seconds!(60))).grace_period(seconds!(61))));
    assert_snapshot!(refused(cluster().runs(Deployment::new(ledger().pre_stop_sleep(seconds!(60))).grace_period(seconds!(60)))), @"
    payments/ledger: container ledger sleeps for 60 seconds before its end, and is killed after 60
      --> workloads.rs `grace_period(seconds!(60))`
      instead: say `.grace_period(seconds!(90))` or more
    ");
}

#[test]
fn a_container_that_serves_http_is_probed() {
    let probed = |probes| {
        cluster().runs(Deployment::new(
            Ledger::container(IMAGE).resources(cpu!("5m"), memory!("16Mi")).serves(API).probes(probes),
        ))
    };
    accepted(probed(Probes::http(API, path!("/healthz"))));
    assert_snapshot!(refused(probed(Probes::none(because!("it is as simple as can be")))), @r#"
    payments/ledger: this container serves HTTP on port 8080, and nobody asks it whether it works
      --> workloads.rs `Probes::none(because!("it is as simple as can be"))`
      instead: say `Probes::http(PORT, path!("/healthz"))`, or probe with `exec(["…"])`
    "#);
}

#[test]
fn a_container_that_speaks_no_http_may_say_why_it_is_not_probed() {
    const QUEUE: Port<Ledger, Tcp> = port!(1883);
    let unprobed =
        |probes| Ledger::container(IMAGE).resources(cpu!("5m"), memory!("16Mi")).serves(QUEUE).probes(probes);
    accepted(cluster().runs(Deployment::new(unprobed(Probes::none(because!("it brings no command that asks it"))))));
    let both = Probes::none(because!("it brings no command that asks it")).alive(exec(["/check"]));
    assert_snapshot!(refused(cluster().runs(Deployment::new(unprobed(both)))), @r#"
    payments/ledger: this container has no probes for a reason, and one beside it
      --> workloads.rs `alive(exec(["/check"]))`
      instead: leave `Probes::none(..)` out: `Probes::only_alive(..)`
    "#);
}

#[test]
fn a_device_is_said_once() {
    accepted(cluster().runs(Deployment::new(ledger().device(device!("nvidia.com/gpu"), 2))));
    let twice = ledger().device(device!("nvidia.com/gpu"), 1).device(device!("nvidia.com/gpu"), 1);
    assert_snapshot!(refused(cluster().runs(Deployment::new(twice))), @r#"
    payments/ledger: the device nvidia.com/gpu is said twice
      --> workloads.rs `device(device!("nvidia.com/gpu"), 1)`
      instead: say it once, with the number of both
    "#);
}

#[test]
fn no_devices_are_not_said() {
    accepted(cluster().runs(Deployment::new(ledger().device(device!("nvidia.com/gpu"), 1))));
    assert_snapshot!(refused(cluster().runs(Deployment::new(ledger().device(device!("nvidia.com/gpu"), 0)))), @r#"
    payments/ledger: 0 of the device nvidia.com/gpu are none
      --> workloads.rs `device(device!("nvidia.com/gpu"), 0)`
      instead: say at least 1, or leave it out
    "#);
}

#[test]
fn a_rollout_can_replace_a_pod() {
    accepted(deployed(|service| service.rolling(0, 1)));
    assert_snapshot!(refused(deployed(|service| service.rolling(0, 0))), @"
    payments/ledger: with no pod more and none fewer, no pod could be replaced
      --> workloads.rs `rolling(0, 0)`
      instead: say `.rolling(1, 0)` or `.rolling(0, 1)`
    ");
}

#[test]
fn a_rollout_is_said_once() {
    accepted(deployed(|service| service.recreate()));
    assert_snapshot!(refused(deployed(|service| service.rolling(1, 0).recreate())), @"
    payments/ledger: the rollout is said twice, first at workloads.rs on the same line
      --> workloads.rs `recreate()`
      instead: say it once
    ");
}

#[test]
fn a_new_pod_does_not_wait_for_a_claim_of_the_old_one() {
    const BOOKS: Claim = Claim::own(name!("books"), storage!("1Gi")).of_class(storage_class!("longhorn"));
    let keeping = || cluster().storage(storage_class!("longhorn"));
    let mounting = || Deployment::new(ledger().mounts(BOOKS, path!("/books")));
    accepted(keeping().runs(mounting().rolling(0, 1)));
    assert_snapshot!(refused(keeping().runs(mounting().rolling(1, 0))), @"
    payments/ledger: a new pod would wait for a claim that only the old one can have
      --> workloads.rs `rolling(1, 0)`
      instead: say `.rolling(0, 1)`, or leave it out: old pods end first
    ");
}

#[test]
fn a_daemon_set_can_replace_a_pod() {
    accepted(everywhere(|service| service.max_unavailable(1)));
    assert_snapshot!(refused(everywhere(|service| service.max_unavailable(0))), @"
    payments/ledger: with a pod on all nodes, always, no pod could be replaced
      --> workloads.rs `max_unavailable(0)`
      instead: say at least 1, or leave it out for 1
    ");
}

#[test]
fn the_pods_of_a_daemon_set_share_no_claim_that_one_of_them_has() {
    const BOOKS: Claim = Claim::own(name!("books"), storage!("1Gi")).of_class(storage_class!("longhorn"));
    let everywhere = |claim| {
        cluster().storage(storage_class!("longhorn")).runs(DaemonSet::new(ledger().mounts(claim, path!("/books"))))
    };
    accepted(everywhere(BOOKS.read_write_many()));
    assert_snapshot!(refused(everywhere(BOOKS)), @r#"
    payments/ledger: a pod on each node mounts a claim that only one pod can have
      --> workloads.rs `DaemonSet::new(ledger().mounts(claim, path!("/books")))`
      instead: say `.read_write_many()` at the claim if its class offers that, or keep what each pod has in a scratch directory
    "#);
}

#[test]
fn the_pods_of_a_run_share_no_claim_that_one_of_them_has() {
    const BOOKS: Claim = Claim::own(name!("books"), storage!("1Gi")).of_class(storage_class!("longhorn"));
    let working = |pods| {
        let container = Ledger::container(IMAGE).resources(cpu!("10m"), memory!("16Mi")).mounts(BOOKS, path!("/books"));
        let job = Job::new(container).completions(4).parallelism(pods);
        cluster().storage(storage_class!("longhorn")).runs(job)
    };
    accepted(working(1));
    assert_snapshot!(refused(working(2)), @"
    payments/ledger: several pods of a run mount a claim that only one pod can have
      --> workloads.rs `Job::new(container)`
      instead: leave `.parallelism(..)` out, or say `.read_write_many()` at the claim if its class offers that
    ");
}

#[test]
fn a_run_has_completions() {
    accepted(once(|job| job.completions(1)));
    assert_snapshot!(refused(once(|job| job.completions(0))), @"
    payments/ledger: a run with 0 completions does nothing
      --> workloads.rs `completions(0)`
      instead: say at least 1, or leave it out for 1
    ");
}

#[test]
fn no_more_pods_work_on_a_run_than_have_to_complete() {
    accepted(once(|job| job.completions(4).parallelism(4)));
    assert_snapshot!(refused(once(|job| job.completions(4).parallelism(5))), @"
    payments/ledger: 5 pods cannot work on 4 completions beside each other
      --> workloads.rs `parallelism(5)`
      instead: say at least 1, and at most the `.completions(..)`
    ");
}

#[test]
fn a_late_run_has_time_to_be_seen() {
    accepted(nightly(|job| job.starting_deadline(seconds!(10))));
    assert_snapshot!(refused(nightly(|job| job.starting_deadline(seconds!(9)))), @"
    payments/ledger: Kubernetes looks for due runs every 10 seconds, and would leave this one out always
      --> workloads.rs `starting_deadline(seconds!(9))`
      instead: say `.starting_deadline(seconds!(10))` or more
    ");
}

#[test]
fn a_time_zone_is_said_once() {
    accepted(nightly(|job| job.time_zone(time_zone!("Europe/Berlin"))));
    assert_snapshot!(refused(nightly(|job| job.time_zone(time_zone!("Europe/Berlin")).time_zone(time_zone!("Etc/UTC")))), @r#"
    payments/ledger: the time zone is said twice, first at workloads.rs on the same line
      --> workloads.rs `time_zone(time_zone!("Etc/UTC"))`
      instead: say it once
    "#);
}
