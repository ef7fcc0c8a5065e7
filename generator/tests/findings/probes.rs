//! Probes of a container.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{API, IMAGE, Ledger, cluster};
use crate::{accepted, refused};

const ADMIN: Port<Ledger, Http> = port!(9090);
const RAW_API: Port<Ledger, Tcp> = port!(8080);

fn serving_api(probes: Probes<Ledger>) -> Cluster {
    let container = Ledger::container(IMAGE).resources(cpu!("10m"), memory!("16Mi")).serves(API).probes(probes);
    cluster().runs(Deployment::new(container))
}

fn serving_nothing(probes: Probes<Ledger>) -> Cluster {
    let container = Ledger::container(IMAGE).resources(cpu!("10m"), memory!("16Mi")).probes(probes);
    cluster().runs(Deployment::new(container))
}

#[test]
fn a_probe_asks_a_port_that_its_container_serves() {
    accepted(serving_api(Probes::ready(http(API, path!("/ready")))));
    assert_snapshot!(refused(serving_api(Probes::ready(http(ADMIN, path!("/ready"))))), @r#"
    payments/ledger: the probe asks port 9090, which this container does not serve
      --> probes.rs `http(ADMIN, path!("/ready"))`
      instead: add `.serves(..)` of that port to this container, or probe one that it serves
    "#);
}

#[test]
fn a_probe_asks_in_the_protocol_that_is_served() {
    let container = || Ledger::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"));
    let probes = || Probes::ready(http(API, path!("/ready")));
    accepted(cluster().runs(Deployment::new(container().serves(API).probes(probes()))));
    assert_snapshot!(refused(cluster().runs(Deployment::new(container().serves(RAW_API).probes(probes())))), @r#"
    payments/ledger: the probe asks port 8080 over HTTP, which is served with another protocol
      --> probes.rs `http(API, path!("/ready"))`
      instead: probe the constant that the container serves, or with `exec(["…"])`
    "#);
}

#[test]
fn a_container_that_serves_says_when_it_is_ready() {
    accepted(serving_nothing(Probes::only_alive(exec(["/check"]))));
    assert_snapshot!(refused(serving_api(Probes::only_alive(http(API, path!("/alive"))))), @r#"
    payments/ledger: this container serves a port and says nothing of its readiness
      --> probes.rs `http(API, path!("/alive"))`
      instead: say `Probes::http(PORT, path!("/healthz"))`, or `Probes::ready(..)` before `.alive(..)`
    "#);
}

#[test]
fn a_probe_fails_after_one_failure_at_least() {
    accepted(serving_api(Probes::ready(http(API, path!("/ready")).failing_after(1))));
    assert_snapshot!(refused(serving_api(Probes::ready(http(API, path!("/ready")).failing_after(0)))), @r#"
    payments/ledger: a probe that fails after 0 failures says nothing
      --> probes.rs `http(API, path!("/ready"))`
      instead: say at least 1, or leave it out for 3
    "#);
}

#[test]
fn a_probe_can_fail() {
    accepted(serving_nothing(Probes::only_alive(exec(["sh", "-c", "pg_isready"]))));
    assert_snapshot!(refused(serving_nothing(Probes::only_alive(exec(["sh", "-c", "pg_isready || true"])))), @r#"
    payments/ledger: the probe runs `sh -c pg_isready || true`, which cannot fail
      --> probes.rs `exec(["sh", "-c", "pg_isready || true"])`
      instead: run something that asks the application
    "#);
}

#[test]
fn no_script_of_a_probe_ends_well_whatever_happened() {
    let asking = |script: &'static str| serving_nothing(Probes::only_alive(exec(["sh", "-c", script])));
    accepted(asking("pg_isready; exit $?"));
    let found = ["exit 0", "pg_isready; true", "pg_isready; exit 0"].map(|script| refused(asking(script))).join("\n");
    assert_snapshot!(found, @r#"
    payments/ledger: the probe runs `sh -c exit 0`, which cannot fail
      --> probes.rs `exec(["sh", "-c", script])`
      instead: run something that asks the application
    payments/ledger: the probe runs `sh -c pg_isready; true`, which cannot fail
      --> probes.rs `exec(["sh", "-c", script])`
      instead: run something that asks the application
    payments/ledger: the probe runs `sh -c pg_isready; exit 0`, which cannot fail
      --> probes.rs `exec(["sh", "-c", script])`
      instead: run something that asks the application
    "#);
}

#[test]
fn a_probe_runs_something() {
    accepted(serving_nothing(Probes::only_alive(exec(["/ledger"]))));
    assert_snapshot!(refused(serving_nothing(Probes::only_alive(exec::<_, &str>([])))), @"
    payments/ledger: the probe names no command
      --> probes.rs `exec::<_, &str>([])`
      instead: run something that asks the application
    ");
}

#[test]
fn a_probe_runs_a_program_that_has_a_name() {
    accepted(serving_nothing(Probes::only_alive(exec(["/ledger", ""]))));
    assert_snapshot!(refused(serving_nothing(Probes::only_alive(exec([""])))), @r#"
    payments/ledger: the probe names no command
      --> probes.rs `exec([""])`
      instead: run something that asks the application
    "#);
}

#[test]
fn a_kind_of_probe_is_said_once() {
    let alive = || exec(["/alive"]);
    accepted(serving_api(Probes::ready(http(API, path!("/ready"))).alive(alive()).started(alive())));
    assert_snapshot!(refused(serving_api(Probes::ready(http(API, path!("/ready"))).alive(alive()).alive(alive()))), @"
    payments/ledger: liveness is said twice, first at probes.rs on the same line
      --> probes.rs `alive(alive())`
      instead: say it once
    ");
    assert_snapshot!(refused(serving_api(Probes::ready(http(API, path!("/ready"))).started(alive()).started(alive()))), @"
    payments/ledger: the startup probe is said twice, first at probes.rs on the same line
      --> probes.rs `started(alive())`
      instead: say it once
    ");
}

#[test]
fn each_timing_of_a_probe_is_said_once() {
    let probe = || http(API, path!("/ready"));
    let timed = probe().after(seconds!(1)).every(seconds!(2)).within(seconds!(1)).failing_after(4);
    accepted(serving_api(Probes::ready(timed)));
    let twice = [
        probe().after(seconds!(1)).after(seconds!(2)),
        probe().every(seconds!(1)).every(seconds!(2)),
        probe().within(seconds!(1)).within(seconds!(2)),
        probe().failing_after(1).failing_after(2),
    ];
    let found = twice.map(|twice| refused(serving_api(Probes::ready(twice)))).join("\n");
    assert_snapshot!(found, @"
    payments/ledger: the delay of a probe is said twice, first at probes.rs on the same line
      --> probes.rs `after(seconds!(2))`
      instead: say it once
    payments/ledger: the period of a probe is said twice, first at probes.rs on the same line
      --> probes.rs `every(seconds!(2))`
      instead: say it once
    payments/ledger: the timeout of a probe is said twice, first at probes.rs on the same line
      --> probes.rs `within(seconds!(2))`
      instead: say it once
    payments/ledger: the number of a probe's failures is said twice, first at probes.rs on the same line
      --> probes.rs `failing_after(2)`
      instead: say it once
    ");
}
