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

#[test]
fn a_port_is_served_with_one_protocol() {
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
    payments/ledger: a CronJob serves port 8080, and is not there most of the time
      --> ports.rs `serves(API)`
      instead: serve it from a Deployment; what the CronJob makes can lie in a shared claim
    ");
}
