//! Hosts outside of the cluster.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{IMAGE, PAYMENTS};
use crate::{accepted, deployed, refused};

const HTTPS: External = External::https(host!("api.example.org"));

#[test]
fn a_port_of_a_namespace_has_one_protocol() {
    let plain = |port| External::plain_http(host!("legacy.example.org"), port);
    accepted(deployed(|ledger| ledger.reaches(HTTPS).reaches(plain(port_number!(80)))));
    let mixed = deployed(|ledger| ledger.reaches(HTTPS).reaches(plain(port_number!(443))));
    assert_snapshot!(refused(mixed), @"
    payments/ledger: reaches legacy.example.org on port 443 by plain HTTP, while payments/ledger uses the port by TLS (outside.rs on the same line); a namespace has one protocol on a port
      --> outside.rs `reaches(plain(port_number!(443)))`
      instead: say the same protocol, or give one of the services a namespace of its own
    ");
}

#[derive(Debug)]
enum Report {}

impl Workload for Report {
    const NAME: Name = name!("report");
    const NAMESPACE: Namespace = PAYMENTS;
}

#[test]
fn neighbours_agree_about_the_protocol_of_a_port() {
    let container = Report::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"));
    let report = CronJob::new(cron!("0 4 * * *"), container);
    let report = report.reaches(External::tcp(host!("smtp.example.org"), port_number!(443)));
    assert_snapshot!(refused(deployed(|ledger| ledger.reaches(HTTPS)).runs(report)), @r#"
    payments/report: reaches smtp.example.org on port 443 by plain TCP, while payments/ledger uses the port by TLS (outside.rs below); a namespace has one protocol on a port
      --> outside.rs `reaches(External::tcp(host!("smtp.example.org"), port_number!(443)))`
      instead: say the same protocol, or give one of the services a namespace of its own
    "#);
}

#[test]
fn no_host_is_looked_for_on_an_opaque_port() {
    let mysql = host!("db.example.org");
    accepted(deployed(|ledger| ledger.reaches(External::tcp(mysql, port_number!(3306)))));
    assert_snapshot!(refused(deployed(|ledger| ledger.reaches(External::tls(mysql, port_number!(3306))))), @"
    payments/ledger: Linkerd takes port 3306 for opaque and would not find db.example.org on it
      --> outside.rs `reaches(External::tls(mysql, port_number!(3306)))`
      instead: say `External::tcp(..)`: then any host can be reached on this port
    ");
}

#[test]
fn a_host_is_outside_of_the_cluster() {
    accepted(deployed(|ledger| ledger.reaches(External::https(host!("mycluster.local")))));
    let within = host!("mailer.office.svc.cluster.local");
    assert_snapshot!(refused(deployed(|ledger| ledger.reaches(External::https(within)))), @"
    payments/ledger: reaches mailer.office.svc.cluster.local, which is within the cluster
      --> outside.rs `reaches(External::https(within))`
      instead: call the port that the service or the peer declares: `.calls(ledger::API)`
    ");
}
