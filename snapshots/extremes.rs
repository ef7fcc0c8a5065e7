//! The least that a service can say, and everything at once.

use casemate_dsl::prelude::*;

use crate::example::{API, IMAGE, Ledger, PAYMENTS, STAFF, TUNNEL, cluster, ledger};
use crate::means;

#[test]
fn least() {
    let ledger = Deployment::new(
        Ledger::container(IMAGE)
            .resources(cpu!("250m"), memory!("256Mi"))
            .probes(Probes::only_alive(exec(["/ledger", "check"]))),
    );
    means!(
        "least",
        cluster().runs(ledger),
        ["services/payments/ledger", "services/payments/_namespace", "argocd", "bootstrap"]
    );
}

const AUDIT: Claim = Claim::shared(PAYMENTS, name!("audit"), storage!("10Gi"));

const DB: Item = item!("db", "Ledger database");

const NATS: Peer = Peer::unmeshed(name!("nats"), label!("app", "nats"), because!("the chart runs outside of the mesh"));
const EVENTS: PeerPort<Tcp> = NATS.port(name!("nats"), port_number!(4222));

const BOOKS: Port<Ledger, Grpc> = port!(9090);

#[test]
fn most() {
    let container = ledger()
        .cpu_limit(cpu!("2"))
        .memory_limit(memory!("512Mi"))
        .serves(BOOKS)
        .command(["/ledger"])
        .args(["serve", "--database-password=$(DB_PASSWORD)"])
        .user(uid!(1000))
        .group(gid!(2000))
        .env(var!("LOG_LEVEL"), "info")
        .env(var!("DB_PASSWORD"), DB.field(field!("password")))
        .env(var!("NATS_URL"), EVENTS.url_as(scheme!("nats")))
        .config(
            path!("/etc/ledger/ledger.toml"),
            template("events = '{{ events }}'\n").with("events", EVENTS.authority()),
        )
        .secret_file(path!("/etc/ledger/ca.pem"), DB.field(field!("ca")))
        .mounts(AUDIT, path!("/audit"))
        .scratch_of(memory!("64Mi"), path!("/tmp"))
        .may(api::LEASES.manage());
    let ledger = Deployment::new(container)
        .replicas(between(2, 6).at_cpu_percent(70))
        .volume_group(gid!(2000))
        .reaches(External::https(host!("api.example.org")))
        .exposed(API, host!("ledger.example.com").for_audience(STAFF));
    let cluster = cluster()
        .default_storage(storage_class!("longhorn"))
        .pulls(host!("registry.example.com"), item!("registry"))
        .tunnel(TUNNEL)
        .runs(ledger);
    means!(
        "most",
        cluster,
        ["services/payments/ledger", "services/payments/_namespace", "services/cloudflared", "argocd", "bootstrap"]
    );
}
