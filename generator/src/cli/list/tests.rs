//! What a person reads of a cluster.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use super::as_text;
use crate::example::{API, IMAGE, Ledger, PAYMENTS, STAFF, TUNNEL, cluster, ledger};
use crate::resolve::resolve;

#[track_caller]
fn listed(cluster: Cluster) -> String {
    match resolve(cluster) {
        Ok(resolved) => as_text(&resolved.graph),
        Err(findings) => panic!("{findings:#?}"),
    }
}

#[track_caller]
fn running(container: ReadyContainer<Ledger>) -> Cluster {
    cluster().runs(Deployment::new(container))
}

#[test]
fn rights_with_their_reasons() {
    let ledger = ledger()
        .may(api::LEASES.manage())
        .may(api::CONFIG_MAPS.named(name!("state")).manage())
        .may(api::custom!("agents.x-k8s.io", "sandboxes").manage(because!("each job runs in a sandbox")))
        .may(api::NODES.read_everywhere(because!("the page shows every node")));
    assert_snapshot!(listed(running(ledger)), @"
    cluster example

    payments/ledger  Deployment × 1
      serves   8080
      may      manage configmaps `state`
               read nodes of the whole cluster (the page shows every node)
               manage sandboxes.agents.x-k8s.io (each job runs in a sandbox)
               manage leases.coordination.k8s.io

    reaches further than most, for the reason that is declared:
      payments/ledger has rights on nodes of the whole cluster: the page shows every node
      payments/ledger writes sandboxes.agents.x-k8s.io, which an operator acts on: each job runs in a sandbox
    ");
}

#[test]
fn rights_in_the_namespace_of_another() {
    identity!(Cacher = "cacher" in namespace!("caches"));
    const CACHES: api::Own = api::own!("caches.example.com", "modelcaches");
    const OFFERED: api::Offered<Cacher> = CACHES.offered();
    let cacher = Deployment::new(
        Cacher::container(IMAGE)
            .resources(cpu!("10m"), memory!("16Mi"))
            .probes(Probes::only_alive(exec(["/cacher", "check"])))
            .may(CACHES.manage()),
    );
    assert_snapshot!(listed(running(ledger().may(OFFERED.manage())).runs(cacher.offers(OFFERED))), @"
    cluster example

    caches/cacher  Deployment × 1
      may      manage modelcaches.caches.example.com
      offers   payments/ledger may manage modelcaches.caches.example.com

    payments/ledger  Deployment × 1
      serves   8080
      may      manage modelcaches.caches.example.com of caches/cacher

    reaches further than most, for the reason that is declared:
      payments/ledger may manage modelcaches.caches.example.com in namespace caches: caches/cacher offers it
    ");
}

const OTEL: Peer =
    Peer::unmeshed(name!("signoz"), label!("app", "otel"), because!("the chart runs outside of the mesh"));
const PROMETHEUS: Peer = Peer::meshed(name!("monitoring"), label!("app", "prometheus"), name!("prometheus"));
const SYSLOG: PeerPort<Udp> = PROMETHEUS.port(name!("syslog"), port_number!(514));
const OTLP: PeerPort<Grpc> = OTEL.port(name!("otel"), port_number!(4317));
const QUERIES: Port<Ledger, Udp> = low_port!(53);

#[test]
fn what_the_mesh_does_not_protect() {
    let ledger = Deployment::new(ledger().serves(QUERIES))
        .calls(SYSLOG)
        .calls(OTLP)
        .called_by(API, OTEL.caller(name!("otel")))
        .called_by(API, PROMETHEUS.caller(name!("prometheus")))
        .called_by(QUERIES, PROMETHEUS.caller(name!("prometheus")));
    assert_snapshot!(listed(cluster().runs(ledger)), @"
    cluster example

    payments/ledger  Deployment × 1
      serves   8080
               53/udp (no mTLS: UDP passes the mesh by)
      calls    monitoring/syslog:514/udp (no mTLS: UDP passes the mesh by)
               signoz/otel:4317 (no mTLS: the chart runs outside of the mesh)
      called   monitoring/prometheus on 53/udp (no mTLS: UDP passes the mesh by)
               monitoring/prometheus on 8080
               signoz/otel on 8080 (no mTLS: the chart runs outside of the mesh)

    reaches further than most, for the reason that is declared:
      payments/ledger is called on 8080 by signoz/otel, which proves no identity: the chart runs outside of the mesh
    ");
}

#[test]
fn who_is_let_in_beside_a_caller_without_identity() {
    const METRICS: Port<Ledger, Http> = port!(9090);
    enum Report {}
    impl Workload for Report {
        const NAME: Name = name!("report");
        const NAMESPACE: Namespace = PAYMENTS;
    }
    let metrics = Ledger::container_named(name!("metrics"), IMAGE)
        .resources(cpu!("5m"), memory!("16Mi"))
        .serves(METRICS)
        .serves(QUERIES)
        .probes(Probes::http(METRICS, path!("/metrics")));
    let ledger = Deployment::new(ledger())
        .container(metrics)
        .called_by(METRICS, OTEL.caller(name!("otel")))
        .called_by(QUERIES, OTEL.caller(name!("otel")))
        .called_by(API, PROMETHEUS.caller(name!("prometheus")))
        .called_by(METRICS, PROMETHEUS.caller(name!("prometheus")));
    let report = CronJob::new(
        cron!("0 4 * * *"),
        Report::container(IMAGE).resources(cpu!("5m"), memory!("16Mi")).env(var!("LEDGER"), API.url()),
    );
    let listed = listed(cluster().runs(ledger).runs(report));
    let notices: Vec<&str> = listed.lines().skip_while(|line| !line.starts_with("reaches further")).skip(1).collect();
    assert_snapshot!(notices.join("\n"), @"
      payments/ledger is called on 53/udp by signoz/otel, which proves no identity: the chart runs outside of the mesh
      payments/ledger is called on 9090 by signoz/otel, which proves no identity: the chart runs outside of the mesh
      payments/ledger lets payments/report call 9090, too: the mesh knows signoz/otel by its network alone
    ");
}

#[test]
fn what_is_outside_of_the_cluster() {
    let (broker, why) = (ip!("192.168.1.5"), because!("the house's broker stands there"));
    let ledger = Deployment::new(ledger())
        .reaches(External::https(host!("api.example.org")))
        .reaches(External::https_below(hosts!("*.example.net"), because!("shards are named at run time")))
        .reaches(External::any_web_page(because!("it reads the pages that people save")))
        .reaches(External::tcp(host!("smtp.example.org"), port_number!(587)))
        .reaches(External::udp(host!("time.example.org"), port_number!(123)))
        .reaches(External::lan(broker, port_number!(1883), why))
        .reaches(External::lan_udp(broker, port_number!(5353), why));
    assert_snapshot!(listed(cluster().runs(ledger)), @"
    cluster example

    payments/ledger  Deployment × 1
      serves   8080
      reaches  api.example.org:443
               any host on 587 (for smtp.example.org)
               *.example.net:443 (shards are named at run time)
               any host on 80 and 443 (it reads the pages that people save)
               192.168.1.5:1883 (the house's broker stands there)
               192.168.1.5:5353/udp (the house's broker stands there)
               any host on 123/udp (for time.example.org)

    reaches further than most, for the reason that is declared:
      payments/ledger reaches all hosts *.example.net on 443: shards are named at run time
      payments/ledger reaches any host on 80 and 443: it reads the pages that people save
      payments/ledger reaches 192.168.1.5 on 1883, outside of the cluster: the house's broker stands there
      payments/ledger reaches 192.168.1.5 on 5353, outside of the cluster: the house's broker stands there
    ");
}

#[test]
fn what_is_seen_from_outside() {
    const HOST: Host = host!("books.example.com");
    const RATES: Host = host!("rates.example.com");
    const UI: PeerPort<Http> = OTEL.port(name!("signoz"), port_number!(8080));
    const WEB: Port<Ledger, Http> = port!(9090);
    let ledger = Deployment::new(ledger().serves(WEB))
        .exposed(API, HOST.under(path!("/api")).for_audience(STAFF))
        .exposed(WEB, HOST.for_audience(STAFF))
        .exposed(API, RATES.public(because!("exchange rates are for everybody")));
    let cluster = cluster()
        .tunnel(TUNNEL)
        .exposes(UI, host!("signoz.example.com").for_audience(STAFF))
        .exposes(UI, RATES.under(path!("/status")).public(because!("so is our state")))
        .runs(ledger);
    assert_snapshot!(listed(cluster), @"
    cluster example

    cloudflared/cloudflared  Deployment × 2
      serves   2000
      calls    payments/ledger:8080
               payments/ledger:9090
               signoz/signoz:8080 (no mTLS: the chart runs outside of the mesh)
      reaches  example.cloudflareaccess.com:443
               198.41.192.0/24:7844/udp
               198.41.200.0/24:7844/udp
      secrets  example-cloudflare-tunnel of 1Password
      hosts    rates.example.com/status (public: so is our state) to signoz/signoz
               signoz.example.com (Access) to signoz/signoz

    payments/ledger  Deployment × 1
      serves   8080
               9090
      hosts    books.example.com/api (Access)
               books.example.com (Access)
               rates.example.com (public: exchange rates are for everybody)

    reaches further than most, for the reason that is declared:
      signoz/signoz is seen by everybody at rates.example.com/status: so is our state
      payments/ledger is seen by everybody at rates.example.com: exchange rates are for everybody
    ");
}

#[test]
fn credentials_by_who_makes_them() {
    const DB: Database = CloudNativePg::cluster(name!("ledger-pg"), PAYMENTS);
    let ledger = ledger()
        .env(var!("API_KEY"), item!("ledger-key", "The ledger's key").field(field!("credential")))
        .env(var!("DATABASE_URL"), DB.uri());
    assert_snapshot!(listed(running(ledger).cloud_native_pg(name!("cnpg-system"))), @"
    cluster example

    payments/ledger  Deployment × 1
      serves   8080
      calls    payments/ledger-pg-rw:5432 (no mTLS: its operator keeps it out of the mesh, PostgreSQL speaks TLS itself)
      secrets  The ledger's key of 1Password
               ledger-pg-app, which an operator makes

    payments/ledger-pg  PostgreSQL that an operator runs, outside of the mesh
      called   cnpg-system/cloudnative-pg on 8000 (no mTLS: it runs the database)
    ");
}

#[test]
fn who_calls_a_database_beside_services() {
    const PODS: Peer =
        Peer::unmeshed(name!("atlas"), label!("app", "atlas"), because!("its chart is outside of the mesh"));
    const MIGRATIONS: Caller = PODS.caller(name!("migrations"));
    const DB: Database = CloudNativePg::cluster(name!("ledger-pg"), PAYMENTS).called_by(MIGRATIONS);
    let ledger = ledger().env(var!("DATABASE_URL"), DB.uri());
    assert_snapshot!(listed(running(ledger).cloud_native_pg(name!("cnpg-system"))), @"
    cluster example

    payments/ledger  Deployment × 1
      serves   8080
      calls    payments/ledger-pg-rw:5432 (no mTLS: its operator keeps it out of the mesh, PostgreSQL speaks TLS itself)
      secrets  ledger-pg-app, which an operator makes

    payments/ledger-pg  PostgreSQL that an operator runs, outside of the mesh
      called   cnpg-system/cloudnative-pg on 8000 (no mTLS: it runs the database)
               atlas/migrations on 5432 (no mTLS: the database is outside of the mesh)
    ");
}

const HOOK: Port<Ledger, Tls> = port!(9443);

#[test]
fn what_the_api_server_asks() {
    let hook = Webhook::validating(path!("/validate"), api::PODS.updated(), PAYMENTS).or_refused();
    let ledger = Deployment::new(ledger().serves(HOOK).webhook_certificate(path!("/certs"))).webhook(HOOK, hook);
    assert_snapshot!(listed(cluster().cert_manager(name!("cert-manager")).runs(ledger)), @"
    cluster example

    payments/ledger  Deployment × 1
      serves   8080
               9443
      asked    may refuse changes of pods in payments, and while it is away all are refused
      secrets  ledger-webhook-cert, which an operator makes
    ");
}

#[test]
fn data_and_who_made_it() {
    const BOOKS: Claim = Claim::own(name!("books"), storage!("20Gi"));
    const AUDIT: Claim = Claim::shared(PAYMENTS, name!("audit"), storage!("5Gi"));
    const FILMS: Claim = Claim::existing(PAYMENTS, name!("films"));
    const PAGES: Claim = Claim::template(name!("pages"), storage!("1Gi"));
    let container = ledger()
        .mounts(BOOKS, path!("/books"))
        .mounts(AUDIT, path!("/audit"))
        .reads(FILMS, path!("/films"))
        .mounts(PAGES, path!("/pages"));
    let cluster = cluster().default_storage(storage_class!("longhorn"));
    assert_snapshot!(listed(cluster.runs(StatefulSet::new(container))), @"
    cluster example

    payments/ledger  StatefulSet × 1
      serves   8080
      data     audit (5Gi, shared)
               ledger-books (20Gi)
               films, which is not rendered here
               pages of each pod (1Gi)
    ");
}

#[derive(Debug)]
enum Closing {}

impl Workload for Closing {
    const NAME: Name = name!("closing");
    const NAMESPACE: Namespace = PAYMENTS;
}

#[test]
fn pods_that_are_created() {
    let ledger = ledger().may(api::JOBS.run(because!("each month is closed by a job")));
    let ledger = Deployment::new(ledger).creates(RuntimePods::of::<Closing>().calls(API));
    assert_snapshot!(listed(cluster().runs(ledger)), @"
    cluster example

    payments/closing  Pods that payments/ledger creates
      calls    payments/ledger:8080

    payments/ledger  Deployment × 1
      serves   8080
      may      run jobs.batch (each month is closed by a job)

    reaches further than most, for the reason that is declared:
      payments/ledger creates jobs while it runs: each month is closed by a job
    ");
}

#[test]
fn charts_with_what_sets_them_apart() {
    let nats = Chart::new(
        name!("nats"),
        chart_repository!("oci://charts.example.com/nats"),
        chart_version!("2.12.3"),
        name!("nats"),
    );
    let text = listed(
        cluster()
            .cert_manager(name!("cert-manager"))
            .installs(chart::cert_manager(chart_version!("v1.21.1")))
            .installs(
                nats.values("a: 1")
                    .creates_secrets(because!("it keeps a password"))
                    .privileged(because!("it mounts disks of nodes")),
            ),
    );
    assert_snapshot!(text, @r"
    cluster example

    installs
      cert-manager/cert-manager: chart cert-manager v1.21.1 of https://charts.jetstack.io, Casemate's values
      nats/nats: chart nats 2.12.3 of charts.example.com/nats, values of the declaration

    reaches further than most, for the reason that is declared:
      chart nats is privileged in namespace nats: it mounts disks of nodes
      chart nats makes Secrets: it keeps a password
      chart nats has values that Casemate reads for credentials, and for nothing else
    ");
}
