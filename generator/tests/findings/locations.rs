//! Where a finding points, and in which order findings come.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{API, IMAGE, Ledger, PAYMENTS, cluster, ledger};
use crate::{findings, refused, running, with_source};

#[test]
fn a_finding_names_the_service_the_line_what_is_wrong_and_what_to_write() {
    let line = line!() + 1;
    let found = findings(running(ledger().serves(API)));
    let column = "    let found = findings(running(ledger().".len() + 1;
    let place = format!("generator/tests/findings/locations.rs:{line}:{column}");
    let lines: Vec<&str> = found[0].lines().collect();
    assert!(lines[0].starts_with("payments/ledger: port 8080 is served twice"), "{found:?}");
    assert_eq!(lines[1..], [&format!("  --> {place}"), "  instead: serve it once"]);
}

/// A builder of the user's own, for any service.
#[track_caller]
fn noisy<W: Workload, R, P>(container: Container<W, R, P>) -> Container<W, R, P> {
    container.env(var!("LEVEL"), "debug")
}

#[test]
fn a_builder_that_tracks_its_caller_points_to_the_caller() {
    let twice = noisy(ledger().env(var!("LEVEL"), "info"));
    assert_snapshot!(refused(running(twice)), @r#"
    payments/ledger: `LEVEL` is set twice, first at locations.rs on the same line
      --> locations.rs `noisy(ledger().env(var!("LEVEL"), "info"))`
      instead: set it once
    "#);
}

/// A helper that does not.
fn quiet<W: Workload, R, P>(container: Container<W, R, P>) -> Container<W, R, P> {
    container.env(var!("LEVEL"), "error")
}

#[test]
fn a_helper_that_does_not_track_its_caller_points_into_itself() {
    let twice = quiet(ledger().env(var!("LEVEL"), "info"));
    assert_snapshot!(refused(running(twice)), @r#"
    payments/ledger: `LEVEL` is set twice, first at locations.rs below
      --> locations.rs `env(var!("LEVEL"), "error")`
      instead: set it once
    "#);
}

#[derive(Debug)]
enum Audit {}

impl Workload for Audit {
    const NAME: Name = name!("audit");
    const NAMESPACE: Namespace = PAYMENTS;
}

fn audit() -> CronJob<Audit> {
    let container =
        Audit::container(IMAGE).resources(cpu!("10m"), memory!("16Mi")).scratch(path!("/")).args::<&str>([]);
    CronJob::new(cron!("0 4 * * *"), container)
}

#[test]
fn all_findings_come_at_once_in_the_order_of_the_source() {
    let ledger: Deployment<Ledger> = Deployment::new(ledger().serves(API))
        .replicas(0)
        .reaches(External::tls(host!("db.example.org"), port_number!(3306)));
    let found = findings(cluster().runs(ledger).runs(audit()));
    assert_snapshot!(found.iter().map(|finding| with_source(finding)).collect::<Vec<_>>().join("\n\n"), @r#"
    payments/audit: a volume at / would hide the whole image
      --> locations.rs `scratch(path!("/"))`
      instead: mount it at a directory of its own

    payments/audit: the list of arguments has no words
      --> locations.rs `args::<&str>([])`
      instead: leave it out: the image has its own

    payments/ledger: port 8080 is served twice, first at locations.rs on the same line
      --> locations.rs `serves(API)`
      instead: serve it once

    payments/ledger: 0 replicas run nothing
      --> locations.rs `replicas(0)`
      instead: say at least 1, or do not run the service in this cluster

    payments/ledger: Linkerd takes port 3306 for opaque and would not find db.example.org on it
      --> locations.rs `reaches(External::tls(host!("db.example.org"), port_number!(3306)))`
      instead: say `External::tcp(..)`: then any host can be reached on this port
    "#);
}
