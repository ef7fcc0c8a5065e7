//! What services and proxies tell, and to whom.

use casemate_dsl::prelude::*;

use crate::example::{API, IMAGE, Ledger, cluster};
use crate::means;

const METRICS: Port<Ledger, Http> = port!(9090);

const PROMETHEUS: Peer = Peer::meshed(name!("monitoring"), label!("app", "prometheus"), name!("prometheus-server"));
const COLLECTOR: Peer = Peer::meshed(name!("telemetry"), label!("app", "collector"), name!("collector"));
const AGENT: Peer = Peer::unmeshed(
    name!("signoz"),
    label!("app.kubernetes.io/component", "otel-deployment"),
    because!("the chart runs outside of the mesh"),
);

const WATCHED: Observability = Observability {
    scraper: PROMETHEUS.caller(name!("prometheus")),
    collector: COLLECTOR.port(name!("collector"), port_number!(4317)),
    collector_http: COLLECTOR.port(name!("collector"), port_number!(4318)),
    access_logs: true,
    proxy_traces: true,
};

fn ledger() -> Deployment<Ledger> {
    Deployment::new(
        Ledger::container(IMAGE)
            .resources(cpu!("250m"), memory!("256Mi"))
            .serves(API)
            .serves(METRICS)
            .metrics(METRICS, path!("/metrics"))
            .probes(Probes::http(API, path!("/healthz")))
            .sends_telemetry(Otlp::Grpc),
    )
}

#[test]
fn watched_from_within_the_mesh() {
    let cluster = cluster().observed(WATCHED).runs(ledger());
    means!("watched", cluster, ["services/payments/ledger", "services/payments/_namespace"]);
}

#[test]
fn proxies_know_whom_they_tell_their_traces() {
    let cluster = cluster()
        .observed(WATCHED)
        .runs(ledger())
        .cert_manager(name!("cert-manager"))
        .installs(chart::cert_manager(chart_version!("1.2.3")))
        .installs(chart::trust_manager(chart_version!("1.2.3")))
        .installs(chart::linkerd());
    means!("watched-proxies", cluster, ["argocd/platform/application-chart.linkerd-control-plane.yaml"]);
}

#[test]
fn watched_from_outside_of_the_mesh() {
    let watched = Observability {
        scraper: AGENT.caller(name!("otel-deployment")),
        access_logs: false,
        proxy_traces: false,
        ..WATCHED
    };
    means!(
        "watched-without-identity",
        cluster().observed(watched).runs(ledger()),
        ["services/payments/ledger", "services/payments/_namespace"]
    );
}

#[test]
fn watched_by_nobody() {
    let said = crate::documents(cluster().runs(ledger()), &["services/payments"]);
    let unsaid = Deployment::new(
        Ledger::container(IMAGE)
            .resources(cpu!("250m"), memory!("256Mi"))
            .serves(API)
            .serves(METRICS)
            .probes(Probes::http(API, path!("/healthz"))),
    );
    assert_eq!(said, crate::documents(cluster().runs(unsaid), &["services/payments"]));
}
