//! Who watches a cluster, and what may be told.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{API, IMAGE, Ledger, cluster};
use crate::{accepted, refused};

const METRICS: Port<Ledger, Http> = port!(9090);

const PROMETHEUS: Peer = Peer::meshed(name!("monitoring"), label!("app", "prometheus"), name!("prometheus"));
const AGENT: Peer =
    Peer::unmeshed(name!("signoz"), label!("app", "agent"), because!("the chart runs outside of the mesh"));

const fn collector(peer: Peer) -> (PeerPort<Grpc>, PeerPort<Http>) {
    (peer.port(name!("collector"), port_number!(4317)), peer.port(name!("collector"), port_number!(4318)))
}

const fn watched(scraper: Peer, to: Peer) -> Observability {
    let (collector, collector_http) = collector(to);
    Observability {
        scraper: scraper.caller(name!("scraper")),
        collector,
        collector_http,
        access_logs: true,
        proxy_traces: false,
    }
}

const COLLECTOR: Peer = Peer::meshed(name!("telemetry"), label!("app", "collector"), name!("collector"));
const MESHED: Observability = watched(PROMETHEUS, COLLECTOR);
const UNMESHED: Observability = watched(AGENT, COLLECTOR);

fn container() -> ReadyContainer<Ledger> {
    Ledger::container(IMAGE)
        .resources(cpu!("250m"), memory!("256Mi"))
        .serves(API)
        .serves(METRICS)
        .probes(Probes::http(API, path!("/healthz")))
}

fn running(container: ReadyContainer<Ledger>) -> Deployment<Ledger> {
    Deployment::new(container)
}

#[test]
fn metrics_are_on_a_port_of_the_container() {
    const OTHER: Port<Ledger, Http> = port!(9091);
    accepted(cluster().observed(MESHED).runs(running(container().metrics(METRICS, path!("/metrics")))));
    let other = running(container().metrics(OTHER, path!("/metrics")));
    assert_snapshot!(refused(cluster().runs(other)), @r#"
    payments/ledger: serves metrics on port 9091, which this container does not serve
      --> observability.rs `metrics(OTHER, path!("/metrics"))`
      instead: add `.serves(..)` of that port to the container
    "#);
}

#[test]
fn a_pod_says_once_where_its_metrics_are() {
    accepted(cluster().runs(running(container().metrics(METRICS, path!("/metrics")))));
    let twice = running(container().metrics(METRICS, path!("/metrics")).metrics(API, path!("/metrics")));
    assert_snapshot!(refused(cluster().runs(twice)), @r#"
    payments/ledger: says twice where its metrics are, first at observability.rs on the same line; a scraper reads one place of a pod
      --> observability.rs `metrics(API, path!("/metrics"))`
      instead: say the one that is to be read
    "#);
}

#[test]
fn how_telemetry_is_sent_is_said_once() {
    accepted(cluster().observed(MESHED).runs(running(container().sends_telemetry(Otlp::Http))));
    let twice = running(container().sends_telemetry(Otlp::Grpc).sends_telemetry(Otlp::Http));
    assert_snapshot!(refused(cluster().runs(twice)), @"
    payments/ledger: how it sends telemetry is said twice, first at observability.rs on the same line
      --> observability.rs `sends_telemetry(Otlp::Http)`
      instead: say it once
    ");
}

#[test]
fn a_variable_of_telemetry_is_set_by_one() {
    let both = || running(container().env(var!("OTEL_SERVICE_NAME"), "books").sends_telemetry(Otlp::Grpc));
    accepted(cluster().runs(both()));
    assert_snapshot!(refused(cluster().observed(MESHED).runs(both())), @"
    payments/ledger: `OTEL_SERVICE_NAME` is set twice, first at observability.rs on the same line
      --> observability.rs `sends_telemetry(Otlp::Grpc)`
      instead: set it once
    ");
}

#[test]
fn who_watches_is_said_once() {
    accepted(cluster().observed(UNMESHED));
    assert_snapshot!(refused(cluster().observed(MESHED).observed(UNMESHED)), @"
    cluster example: who watches it is said twice, first at observability.rs on the same line
      --> observability.rs `observed(UNMESHED)`
      instead: say it once
    ");
}

#[test]
fn proxies_send_traces_into_the_mesh_only() {
    let to = |peer| Observability { proxy_traces: true, ..watched(PROMETHEUS, peer) };
    accepted(cluster().observed(to(COLLECTOR)));
    assert_snapshot!(refused(cluster().observed(to(AGENT))), @"
    cluster example: proxies are to send their traces to signoz/collector, which is not in the mesh, and they tell nobody else
      --> observability.rs `observed(to(AGENT))`
      instead: run a collector in the mesh, `Peer::meshed(..)`, or say `proxy_traces: false`
    ");
}

#[test]
fn who_watches_lives_in_no_namespace_of_services() {
    const AMONG_US: Peer = Peer::meshed(name!("payments"), label!("app", "collector"), name!("collector"));
    accepted(cluster().observed(watched(AMONG_US, COLLECTOR)));
    assert_snapshot!(refused(cluster().observed(watched(AMONG_US, COLLECTOR)).runs(running(container()))), @"
    cluster example: is called by a peer in namespace payments, which belongs to services
      --> observability.rs `observed(watched(AMONG_US, COLLECTOR))`
      instead: let the service that calls say so, `.calls(..)`, or run the peer in a namespace of its own
    ");
    assert_snapshot!(
        refused(
            cluster()
                .observed(Observability { collector_http: MESHED.collector_http, ..watched(PROMETHEUS, AMONG_US) })
                .runs(running(container()))
        ),
        @"
        cluster example: is watched by a peer in namespace payments, which belongs to services
          --> observability.rs `observed(Observability { collector_http: MESHED.collector_http, ..watched(PROMETHEUS, AMONG_US) })`
          instead: name the service's own port, or run the peer in a namespace of its own
        "
    );
}

#[test]
fn a_scraper_without_identity_has_a_port_for_itself() {
    let own = || running(container().metrics(METRICS, path!("/metrics")));
    let shared = || running(container().metrics(API, path!("/metrics")));
    let exposed = |service: Deployment<Ledger>| {
        service.exposed(API, host!("ledger.example.com").public(because!("rates are for everybody")))
    };
    let tunnelled = |watched| cluster().tunnel(crate::example::TUNNEL).observed(watched);

    accepted(tunnelled(UNMESHED).runs(exposed(own())));
    accepted(tunnelled(MESHED).runs(exposed(shared())));
    accepted(cluster().observed(UNMESHED).runs(shared()));
    assert_snapshot!(refused(tunnelled(UNMESHED).runs(exposed(shared()))), @r#"
    payments/ledger: serves metrics on port 8080, which is exposed, and signoz/scraper, which reads them, proves no identity: whoever has its address could call all of the port
      --> observability.rs `metrics(API, path!("/metrics"))`
      instead: serve metrics on a port of their own: `.serves(METRICS).metrics(METRICS, path!("/metrics"))`
    "#);

    let called = |service: Deployment<Ledger>| service.called_by(API, PROMETHEUS.caller(name!("scraper")));
    accepted(cluster().observed(UNMESHED).runs(called(own())));
    assert_snapshot!(refused(cluster().observed(UNMESHED).runs(called(shared()))), @r#"
    payments/ledger: serves metrics on port 8080, which monitoring/scraper calls, and signoz/scraper, which reads them, proves no identity: whoever has its address could call all of the port
      --> observability.rs `metrics(API, path!("/metrics"))`
      instead: serve metrics on a port of their own: `.serves(METRICS).metrics(METRICS, path!("/metrics"))`
    "#);
}

#[test]
fn no_service_is_named_like_a_policy_of_proxies() {
    identity!(ProxyMetrics = "proxy-metrics" in namespace!("payments"));
    identity!(ProxyTraces = "proxy-traces" in namespace!("payments"));
    identity!(ProxyReports = "proxy-reports" in namespace!("payments"));
    fn named<W: Workload>() -> Cluster {
        let container = W::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"));
        cluster().runs(CronJob::new(cron!("0 4 * * *"), container))
    }
    accepted(named::<ProxyReports>());
    assert_snapshot!(refused(named::<ProxyMetrics>()), @r#"
    payments/proxy-metrics: `proxy-metrics` names the policy that lets the scraper read the proxies' metrics
      --> observability.rs `CronJob::new(cron!("0 4 * * *"), container)`
      instead: choose another `NAME`
    "#);
    assert_snapshot!(refused(named::<ProxyTraces>()), @r#"
    payments/proxy-traces: `proxy-traces` names the policy that lets proxies send their traces
      --> observability.rs `CronJob::new(cron!("0 4 * * *"), container)`
      instead: choose another `NAME`
    "#);
}
