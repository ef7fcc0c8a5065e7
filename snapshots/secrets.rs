//! Fields of 1Password items: as variables, as files, and to pull images with.

use casemate_dsl::prelude::*;

use crate::example::{IMAGE, Ledger, cluster, ledger};
use crate::means;

const DB: Item = item!("db", "Ledger database");

#[test]
fn secret_as_variable() {
    let ledger = Deployment::new(ledger().env(var!("DB_PASSWORD"), DB.field(field!("password"))));
    means!(
        "secret-as-variable",
        cluster().runs(ledger),
        ["services/payments/ledger", "argocd/services/application-payments.ledger.yaml"]
    );
}

#[test]
fn secret_as_file() {
    let ledger = Deployment::new(
        ledger()
            .secret_file(path!("/etc/ledger/tls.crt"), DB.field(field!("certificate")))
            .secret_file(path!("/etc/ledger/tls.key"), DB.field(field!("private-key"))),
    );
    means!("secret-as-file", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn secret_of_a_cron_job() {
    let report = CronJob::new(
        cron!("30 4 * * 1-5"),
        Ledger::container(IMAGE)
            .resources(cpu!("100m"), memory!("128Mi"))
            .env(var!("DB_PASSWORD"), DB.field(field!("password"))),
    );
    means!("secret-of-a-cron-job", cluster().runs(report), ["services/payments/ledger"]);
}

#[test]
fn pull_secret() {
    let cluster = cluster()
        .pulls(host!("registry.example.com"), item!("registry"))
        .pulls(host!("ghcr.io"), item!("unused-here"))
        .runs(Deployment::new(ledger()));
    means!("pull-secret", cluster, ["services/payments/ledger", "services/payments/_namespace"]);
}
