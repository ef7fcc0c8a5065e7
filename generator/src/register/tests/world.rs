//! A cluster in which every field of the register is somewhere.

use casemate_dsl::prelude::*;

use crate::example::{API, IMAGE, Ledger, PAYMENTS, STAFF, TUNNEL, cluster};
use crate::graph::Graph;
use crate::resolve::resolve;

identity!(Closing = "closing" in PAYMENTS);
identity!(Report = "report" in namespace!("reports"));
identity!(Store = "store" in namespace!("stores"));

const KEY: Item = item!("ledger-key", "The ledger's key");
const MODEL: ImageVolume = image_volume!(
    "model",
    "registry.example.com/models/words:7@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2"
);
const STORE: Port<Store, Tcp> = port!(7000);
const WATCHER: Peer = Peer::meshed(name!("telemetry"), label!("app", "collector"), name!("collector"));
const OTEL: Peer =
    Peer::unmeshed(name!("signoz"), label!("app", "otel"), because!("the chart runs outside of the mesh"));
const UI: PeerPort<Http> = OTEL.port(name!("signoz"), port_number!(8080));

/// The graph of a cluster.
#[track_caller]
pub(super) fn graph(cluster: Cluster) -> Graph {
    match resolve(cluster) {
        Ok(resolved) => resolved.graph,
        Err(findings) => panic!("{findings:#?}"),
    }
}

fn ledger() -> Deployment<Ledger> {
    let sidecar = Ledger::container_named(name!("sidecar"), IMAGE)
        .resources(cpu!("5m"), memory!("16Mi"))
        .probes(Probes::only_alive(exec(["/sidecar", "check"])));
    Deployment::new(
        Ledger::container(IMAGE)
            .resources(cpu!("250m"), memory!("256Mi"))
            .serves(API)
            .probes(Probes::http(API, path!("/healthz")))
            .env(var!("API_KEY"), KEY.field(field!("credential")))
            .may(api::NODES.read_everywhere(because!("the page shows every node")))
            .may(api::JOBS.run(because!("each month is closed by a job"))),
    )
    .sidecar(sidecar)
    .creates(RuntimePods::of::<Closing>().calls(API))
    .called_by(API, OTEL.caller(name!("otel")))
    .reaches(External::https(host!("api.example.org")))
    .exposed(API, host!("books.example.com").for_audience(STAFF))
    .exposed(API, host!("rates.example.com").public(because!("exchange rates are for everybody")))
}

fn report() -> CronJob<Report> {
    let container = Report::container(IMAGE)
        .resources(cpu!("5m"), memory!("16Mi"))
        .env(var!("API_KEY"), KEY.field(field!("credential")))
        .env(var!("LEDGER"), API.url());
    CronJob::new(cron!("0 4 * * *"), container).reaches(External::https(host!("mail.example.org")))
}

fn store() -> StatefulSet<Store> {
    StatefulSet::new(
        Store::container(IMAGE)
            .resources(cpu!("5m"), memory!("16Mi"))
            .serves(STORE)
            .probes(Probes::none(because!("the store brings no command that asks it")))
            .reads(MODEL, path!("/models"))
            .secret_file(path!("/etc/store/key"), KEY.field(field!("credential"))),
    )
}

/// The cluster.
pub(super) fn rich() -> Cluster {
    cluster()
        .tunnel(TUNNEL)
        .observed(Observability {
            scraper: WATCHER.caller(name!("collector")),
            collector: WATCHER.port(name!("collector"), port_number!(4317)),
            collector_http: WATCHER.port(name!("collector"), port_number!(4318)),
            access_logs: true,
            proxy_traces: true,
        })
        .exposes(UI, host!("signoz.example.com").for_audience(STAFF))
        .installs(
            Chart::new(
                name!("longhorn"),
                chart_repository!("https://charts.longhorn.io"),
                chart_version!("1.8.1"),
                name!("longhorn-system"),
            )
            .privileged(because!("it mounts disks of the nodes"))
            .creates_secrets(because!("it keeps the keys of encrypted volumes")),
        )
        .runs(ledger())
        .runs(report())
        .runs(store())
}
