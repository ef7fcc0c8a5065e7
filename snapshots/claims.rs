//! Claims: of one service, shared by several, made by somebody else, and ones whose data may go.

use casemate_dsl::prelude::*;

use crate::example::{IMAGE, PAYMENTS, cluster, ledger};
use crate::means;

#[test]
fn own_claim() {
    const BOOKS: Claim = Claim::own(name!("books"), storage!("20Gi"));
    let ledger = Deployment::new(ledger().mounts(BOOKS, path!("/books")));
    means!(
        "own-claim",
        cluster().default_storage(storage_class!("longhorn")).runs(ledger),
        ["services/payments/ledger"]
    );
}

#[test]
fn disposable_claim() {
    const CACHE: Claim =
        Claim::own(name!("cache"), storage!("5Gi")).of_class(storage_class!("local-path")).disposable();
    let ledger = Deployment::new(ledger().mounts(CACHE, path!("/cache")));
    means!(
        "disposable-claim",
        cluster().storage(storage_class!("local-path")).runs(ledger),
        ["services/payments/ledger"]
    );
}

/// Reads what the ledger wrote.
#[derive(Debug)]
enum Report {}

impl Workload for Report {
    const NAME: Name = name!("report");
    const NAMESPACE: Namespace = PAYMENTS;
}

#[test]
fn shared_claim() {
    const BOOKS: Claim = Claim::shared(PAYMENTS, name!("books"), storage!("20Gi"));
    let ledger = Deployment::new(ledger().mounts(BOOKS, path!("/books"))).replicas(2);
    let report = CronJob::new(
        cron!("0 4 * * *"),
        Report::container(IMAGE).resources(cpu!("100m"), memory!("128Mi")).reads(BOOKS, path!("/books")),
    );
    means!(
        "shared-claim",
        cluster().default_storage(storage_class!("longhorn")).runs(ledger).runs(report),
        ["services/payments/ledger", "services/payments/report", "services/payments/_namespace"]
    );
}

#[test]
fn parts_of_a_claim() {
    const DATA: Claim = Claim::own(name!("data"), storage!("20Gi"));
    const CONFIG: Part<Claim> = DATA.sub_path(sub_path!("home/config"));
    let ledger = Deployment::new(
        ledger()
            .mounts(DATA.sub_path(sub_path!("books")), path!("/books"))
            .reads(CONFIG, path!("/books/config"))
            .config(path!("/books/config.toml"), "open = true\n"),
    );
    means!(
        "parts-of-a-claim",
        cluster().default_storage(storage_class!("longhorn")).runs(ledger),
        ["services/payments/ledger/deployment-ledger.yaml"]
    );
}

#[test]
fn access_modes() {
    const LOCK: Claim = Claim::own(name!("lock"), storage!("1Gi")).read_write_once_pod();
    const FILMS: Claim = Claim::own(name!("films"), storage!("500Gi")).read_write_many();
    let ledger = Deployment::new(ledger().mounts(LOCK, path!("/lock")).mounts(FILMS, path!("/films")));
    means!(
        "access-modes",
        cluster().default_storage(storage_class!("longhorn")).runs(ledger),
        ["services/payments/ledger"]
    );
}

#[test]
fn existing_claim() {
    const FILMS: Claim = Claim::existing(PAYMENTS, name!("films")).read_write_many();
    let ledger = Deployment::new(ledger().reads(FILMS, path!("/films"))).replicas(2);
    means!(
        "existing-claim",
        cluster().runs(ledger),
        ["services/payments/ledger/deployment-ledger.yaml", "services/payments/_namespace"]
    );
}
