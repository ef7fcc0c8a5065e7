//! Kinds of workload, and their scale.

use casemate_dsl::prelude::*;

use crate::example::{IMAGE, Ledger, cluster, ledger};
use crate::means;

#[test]
fn cron_job() {
    let report = CronJob::new(
        cron!("30 4 * * 1-5"),
        Ledger::container(IMAGE).resources(cpu!("100m"), memory!("128Mi")).args(["report"]),
    );
    means!("cron-job", cluster().runs(report), ["services/payments/ledger"]);
}

#[test]
fn cron_job_with_deadline() {
    let report = CronJob::new(
        cron!("30 4 * * 1-5"),
        Ledger::container(IMAGE).resources(cpu!("100m"), memory!("128Mi")).args(["report"]),
    )
    .deadline(seconds!(3600))
    .retries(3);
    means!("cron-job-with-deadline", cluster().runs(report), ["services/payments/ledger"]);
}

#[test]
fn replicas() {
    let ledger = Deployment::new(ledger()).replicas(3);
    means!("replicas", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn autoscaling() {
    let ledger = Deployment::new(ledger()).replicas(between(1, 6).at_cpu_percent(65));
    means!("autoscaling", cluster().runs(ledger), ["services/payments/ledger"]);
}
