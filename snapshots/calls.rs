//! Calls: of a service across namespaces, and of peers in and outside of the mesh.

use casemate_dsl::prelude::*;

use crate::example::{API, IMAGE, cluster, ledger};
use crate::means;

/// The mailer's identity in the mesh.
#[derive(Debug)]
pub(crate) enum Mailer {}

impl Workload for Mailer {
    const NAME: Name = name!("mailer");
    const NAMESPACE: Namespace = namespace!("office");
}

/// Takes letters.
pub(crate) const QUEUE: Port<Mailer, Http> = port!(8025);

/// A service in another namespace than the ledger's.
pub(crate) fn mailer() -> Deployment<Mailer> {
    Deployment::new(
        Mailer::container(IMAGE)
            .resources(cpu!("50m"), memory!("64Mi"))
            .serves(QUEUE)
            .probes(Probes::http(QUEUE, path!("/healthz"))),
    )
}

#[test]
fn call_across_namespaces() {
    let ledger = Deployment::new(ledger().env(var!("MAIL_URL"), QUEUE.url().at(path!("/v1"))));
    means!(
        "call-across-namespaces",
        cluster().runs(ledger).runs(mailer()),
        ["services/payments/ledger", "services/office/mailer"]
    );
}

const SEAWEEDFS: Peer = Peer::unmeshed(
    name!("seaweedfs"),
    label!("app.kubernetes.io/name", "seaweedfs"),
    because!("the chart runs outside of the mesh"),
)
.also_labelled(label!("app.kubernetes.io/component", "s3"));

const S3: PeerPort<Http> = SEAWEEDFS.port(name!("seaweedfs-s3"), port_number!(80)).at_pod_port(port_number!(8333));

#[test]
fn call_of_an_unmeshed_peer() {
    let ledger = Deployment::new(ledger().env(var!("S3_ENDPOINT"), S3.url()));
    means!("call-of-an-unmeshed-peer", cluster().runs(ledger), ["services/payments/ledger"]);
}

const COLLECTOR: Peer = Peer::meshed(name!("telemetry"), label!("app", "collector"), name!("collector"));

const OTLP: PeerPort<Grpc> = COLLECTOR.port(name!("collector"), port_number!(4317));

#[test]
fn call_of_a_meshed_peer() {
    let ledger = Deployment::new(ledger().env(var!("OTLP_ENDPOINT"), OTLP.url_as(scheme!("http"))));
    means!("call-of-a-meshed-peer", cluster().runs(ledger), ["services/payments/ledger"]);
}

const PROMETHEUS: Peer = Peer::meshed(name!("monitoring"), label!("app", "prometheus"), name!("prometheus-server"));

#[test]
fn called_by_a_meshed_peer() {
    let ledger = Deployment::new(ledger()).called_by(API, PROMETHEUS.caller(name!("prometheus")));
    means!("called-by-a-meshed-peer", cluster().runs(ledger), ["services/payments/ledger"]);
}

const OTEL: Peer = Peer::unmeshed(
    name!("signoz"),
    label!("app.kubernetes.io/component", "otel-deployment"),
    because!("the chart runs outside of the mesh"),
);

#[test]
fn called_by_an_unmeshed_peer() {
    let ledger = Deployment::new(ledger()).called_by(API, OTEL.caller(name!("otel-deployment")));
    means!("called-by-an-unmeshed-peer", cluster().runs(ledger), ["services/payments/ledger"]);
}

/// The resolver's identity in the mesh.
#[derive(Debug)]
enum Resolver {}

impl Workload for Resolver {
    const NAME: Name = name!("resolver");
    const NAMESPACE: Namespace = namespace!("dns");
}

const DNS: Port<Resolver, Udp> = low_port!(53);
const DNS_OVER_TCP: Port<Resolver, Tcp> = low_port!(53);
const DNS_OVER_TLS: Port<Resolver, Tls> = low_port!(853);

#[test]
fn ports_over_udp_and_tls() {
    let resolver = Deployment::new(
        Resolver::container(IMAGE)
            .resources(cpu!("50m"), memory!("64Mi"))
            .serves(DNS)
            .serves(DNS_OVER_TCP)
            .serves(DNS_OVER_TLS)
            .probes(Probes::ready(exec(["/resolver", "check"]))),
    );
    let ledger = Deployment::new(ledger().env(var!("RESOLVER"), DNS.authority())).calls(DNS_OVER_TLS);
    means!(
        "ports-over-udp-and-tls",
        cluster().runs(ledger).runs(resolver),
        ["services/dns/resolver", "services/payments/ledger"]
    );
}

#[test]
fn call_of_a_peer_over_udp() {
    const SYSLOG: PeerPort<Udp> = COLLECTOR.port(name!("collector"), port_number!(514));
    let ledger = Deployment::new(ledger().env(var!("SYSLOG"), SYSLOG.authority()).env(var!("OTLP"), OTLP.authority()));
    means!("call-of-a-peer-over-udp", cluster().runs(ledger), ["services/payments/ledger"]);
}
