//! Pods that a service creates while it runs.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{API, IMAGE, Ledger, PAYMENTS, cluster, ledger};
use crate::{accepted, deployed, refused, running};

#[derive(Debug)]
enum Closing {}

impl Workload for Closing {
    const NAME: Name = name!("closing");
    const NAMESPACE: Namespace = PAYMENTS;
}

#[derive(Debug)]
enum Abroad {}

impl Workload for Abroad {
    const NAME: Name = name!("closing");
    const NAMESPACE: Namespace = namespace!("office");
}

#[derive(Debug)]
enum Nobody {}

impl Workload for Nobody {
    const NAME: Name = name!("default");
    const NAMESPACE: Namespace = PAYMENTS;
}

#[derive(Debug)]
enum Report {}

impl Workload for Report {
    const NAME: Name = name!("report");
    const NAMESPACE: Namespace = PAYMENTS;
}

const PROGRESS: Port<Closing, Http> = port!(8081);

fn jobs() -> api::ApiNeed {
    api::JOBS.run(because!("each month is closed by a job"))
}

#[test]
fn who_runs_pods_says_as_whom() {
    accepted(cluster().runs(Deployment::new(ledger().may(jobs())).creates(RuntimePods::of::<Closing>())));
    assert_snapshot!(refused(running(ledger().may(jobs()))), @"
    payments/ledger: runs jobs, and says not as whom
      --> created.rs `may(jobs())`
      instead: give them an identity of their own: `.creates(RuntimePods::of::<SyncJob>())`
    ");
}

#[test]
fn who_runs_pods_lives_alone() {
    let report = || {
        let container = Report::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"));
        CronJob::new(cron!("0 4 * * *"), container)
    };
    let creating = |ledger: ReadyContainer<Ledger>| Deployment::new(ledger).creates(RuntimePods::of::<Closing>());
    // Somebody else creates the pods.
    accepted(cluster().runs(creating(ledger())).runs(report()));
    assert_snapshot!(refused(cluster().runs(creating(ledger().may(jobs()))).runs(report())), @"
    payments/ledger: runs jobs, and could run them as payments/report, with all that is granted to it
      --> created.rs `may(jobs())`
      instead: give the service that runs pods a namespace of its own
    ");
}

#[test]
fn created_pods_are_in_their_creators_namespace() {
    accepted(deployed(|ledger| ledger.creates(RuntimePods::of::<Closing>())));
    assert_snapshot!(refused(deployed(|ledger| ledger.creates(RuntimePods::of::<Abroad>()))), @"
    payments/ledger: creates pods as office/closing, and a service creates pods in its own namespace only
      --> created.rs `creates(RuntimePods::of::<Abroad>())`
      instead: give them its `NAMESPACE`
    ");
}

#[test]
fn created_pods_have_an_identity_of_their_own() {
    accepted(deployed(|ledger| ledger.creates(RuntimePods::of::<Closing>())));
    assert_snapshot!(refused(deployed(|ledger| ledger.creates(RuntimePods::of::<Ledger>()))), @"
    payments/ledger: creates pods as payments/ledger, which is declared at created.rs on the same line
      --> created.rs `creates(RuntimePods::of::<Ledger>())`
      instead: give the pods an identity of their own
    ");
}

#[test]
fn created_pods_have_a_name_that_means_nothing_else() {
    accepted(deployed(|ledger| ledger.creates(RuntimePods::of::<Closing>())));
    assert_snapshot!(refused(deployed(|ledger| ledger.creates(RuntimePods::of::<Nobody>()))), @"
    payments/default: `default` names the account of every pod that names none
      --> created.rs `RuntimePods::of::<Nobody>()`
      instead: choose another `NAME`
    ");
}

#[test]
fn a_called_port_of_created_pods_is_served() {
    let creating = |pods| deployed(|ledger| ledger.creates(pods).calls(PROGRESS));
    accepted(creating(RuntimePods::of::<Closing>().serves(PROGRESS).calls(API)));
    assert_snapshot!(refused(creating(RuntimePods::of::<Closing>())), @"
    payments/ledger: calls port 8081 of payments/closing, which no container of it serves
      --> created.rs `calls(PROGRESS)`
      instead: add `.serves(..)` of that port to a container of payments/closing, or call one that it serves
    ");
}

#[test]
fn created_pods_serve_a_port_once() {
    let twice = RuntimePods::of::<Closing>().serves(PROGRESS).serves(PROGRESS);
    accepted(deployed(|ledger| ledger.creates(RuntimePods::of::<Closing>().serves(PROGRESS))));
    assert_snapshot!(refused(deployed(|ledger| ledger.creates(twice))), @"
    payments/closing: port 8081 is served twice
      --> created.rs `serves(PROGRESS)`
      instead: serve it once
    ");
}
