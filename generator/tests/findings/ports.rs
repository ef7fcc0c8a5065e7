//! Ports that a container serves.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{API, IMAGE, Ledger, cluster, ledger};
use crate::{accepted, refused, running};

const METRICS: Port<Ledger, Http> = port!(9090);
const RAW_API: Port<Ledger, Tcp> = port!(8080);

#[test]
fn a_port_is_served_once() {
    accepted(running(ledger().serves(METRICS)));
    assert_snapshot!(refused(running(ledger().serves(API))), @"
    payments/ledger: port 8080 is served twice, first at ports.rs on the same line
      --> ports.rs `serves(API)`
      instead: serve it once
    ");
}

const API_OVER_UDP: Port<Ledger, Udp> = port!(8080);

#[test]
fn udp_has_ports_of_its_own() {
    accepted(running(ledger().serves(API_OVER_UDP)));
    assert_snapshot!(refused(running(ledger().serves(API_OVER_UDP).serves(API_OVER_UDP))), @"
    payments/ledger: port 8080 is served twice, first at ports.rs on the same line
      --> ports.rs `serves(API_OVER_UDP)`
      instead: serve it once
    ");
}

#[test]
fn who_serves_over_udp_says_its_readiness() {
    let alive = || {
        Ledger::container(IMAGE)
            .resources(cpu!("10m"), memory!("16Mi"))
            .probes(Probes::only_alive(exec(["/ledger", "check"])))
    };
    accepted(running(alive()));
    assert_snapshot!(refused(running(alive().serves(API_OVER_UDP))), @r#"
    payments/ledger: this container serves a port and says nothing of its readiness
      --> ports.rs `exec(["/ledger", "check"])`
      instead: say `Probes::http(PORT, path!("/healthz"))`, or `Probes::ready(..)` before `.alive(..)`
    "#);
}

#[test]
fn a_port_is_served_with_one_protocol() {
    accepted(running(ledger().serves(API_OVER_UDP)));
    assert_snapshot!(refused(running(ledger().serves(RAW_API))), @"
    payments/ledger: port 8080 is served with two protocols, first at ports.rs on the same line
      --> ports.rs `serves(RAW_API)`
      instead: give one of the two ports another number
    ");
}

#[test]
fn a_cron_job_serves_nothing() {
    let job = || Ledger::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"));
    accepted(cluster().runs(CronJob::new(cron!("0 4 * * *"), job())));
    assert_snapshot!(refused(cluster().runs(CronJob::new(cron!("0 4 * * *"), job().serves(API)))), @"
    payments/ledger: a workload that runs to its end serves port 8080, and is not there most of the time
      --> ports.rs `serves(API)`
      instead: serve it from a Deployment; what the run makes can lie in a shared claim
    ");
}
