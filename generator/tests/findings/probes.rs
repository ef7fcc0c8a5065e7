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
    let container = Ledger::container(IMAGE).resources(cpu!("10m"), memory!("16Mi")).serves(RAW_API);
    let probes = Probes::ready(http(API, path!("/ready")));
    assert_snapshot!(refused(cluster().runs(Deployment::new(container.probes(probes)))), @r#"
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
fn a_probe_runs_something() {
    assert_snapshot!(refused(serving_nothing(Probes::only_alive(exec::<_, &str>([])))), @"
    payments/ledger: the probe names no command
      --> probes.rs `exec::<_, &str>([])`
      instead: run something that asks the application
    ");
}

#[test]
fn a_probe_runs_a_program_that_has_a_name() {
    assert_snapshot!(refused(serving_nothing(Probes::only_alive(exec([""])))), @r#"
    payments/ledger: the probe names no command
      --> probes.rs `exec([""])`
      instead: run something that asks the application
    "#);
}
