//! What a container says about itself: ports, probes, user, limits and its command.

use casemate_dsl::prelude::*;

use crate::example::{API, IMAGE, Ledger, cluster, ledger};
use crate::means;

const BOOKS: Port<Ledger, Grpc> = port!(9090);
const REPLICATION: Port<Ledger, Tcp> = port!(5432);

#[test]
fn ports_of_each_protocol() {
    let ledger = Deployment::new(ledger().serves(BOOKS).serves(REPLICATION));
    means!("ports-of-each-protocol", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn probes() {
    let ledger = Deployment::new(
        Ledger::container(IMAGE).resources(cpu!("250m"), memory!("256Mi")).serves(API).probes(
            Probes::ready(http(API, path!("/ready")).after(seconds!(5)).every(seconds!(5)).within(seconds!(2)))
                .alive(exec(["/ledger", "check"]).every(seconds!(30)).failing_after(5))
                .started(http(API, path!("/ready")).failing_after(30)),
        ),
    );
    means!("probes", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn user_and_groups() {
    let ledger =
        Deployment::new(ledger().user(uid!(101)).group(gid!(102)).scratch(path!("/tmp"))).volume_group(gid!(103));
    means!("user-and-groups", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn volumes_of_the_containers_group() {
    let ledger = Deployment::new(ledger().user(uid!(101)).group(gid!(102)).scratch(path!("/tmp")));
    means!("volumes-of-the-containers-group", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn limits() {
    let ledger = Deployment::new(ledger().cpu_limit(cpu!("1")).memory_limit(memory!("1Gi")));
    means!("limits", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn command_and_variables() {
    let ledger = Deployment::new(
        ledger()
            .command(["/bin/ledger"])
            .args(["serve", "--workers=4"])
            .env(var!("LOG_LEVEL"), "info")
            .env(var!("COUNTRY"), "no")
            .env(var!("WORKERS"), 4)
            .env(var!("BASE_CURRENCY"), ""),
    );
    means!("command-and-variables", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn low_port() {
    const DNS: Port<Ledger, Http> = low_port!(80);
    let ledger = Deployment::new(
        Ledger::container(IMAGE)
            .resources(cpu!("50m"), memory!("64Mi"))
            .serves(DNS)
            .probes(Probes::http(DNS, path!("/healthz"))),
    );
    means!("low-port", cluster().runs(ledger), ["services/payments/ledger/deployment-ledger.yaml"]);
}
