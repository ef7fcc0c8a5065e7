//! Observability: who collects what services and proxies tell, and who of them may be told what.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::said::{Place, Said, Setting};
use casemate_dsl::view::{self, Endpoint, PeerMesh, Protocol};

use super::finding::Findings;
use super::inbound;
use super::peer::Peers;
use super::service::Resolved;
use super::text;
use crate::graph::{Callee, Edge, Id, Inbound, Metrics, Observability};

/// Who watches a cluster, and where that is said.
pub(super) fn observability(
    findings: &mut Findings,
    whose: &str,
    declared: Setting<view::Observability>,
) -> Option<(Observability, Place)> {
    let Said { what, at } = findings.once(whose, "who watches it", declared)?;
    let view::Observability { scraper, collector, collector_http, access_logs, proxy_traces, seal: _ } = what;
    let traces = match (proxy_traces, text::callee(&Endpoint::Peer(collector.clone()))) {
        (true, Callee::Peer(node)) => {
            if let PeerMesh::Unmeshed { reason: _ } = node.mesh {
                let wrong = format!(
                    "proxies are to send their traces to {}/{}, which is not in the mesh, and they tell nobody else",
                    node.namespace, node.service
                );
                let instead = "run a collector in the mesh, `Peer::meshed(..)`, or say `proxy_traces: false`";
                findings.add(whose, at, wrong, instead);
            }
            Some(node)
        }
        (true, Callee::Service { .. }) | (false, _) => None,
    };
    let scraper = inbound::peer(scraper);
    Some((Observability { scraper, collector, collector_http, access_logs, proxy_traces: traces }, at))
}

/// That the scraper and the collectors are peers, each declared in one way.
pub(super) fn check_peers(
    findings: &mut Findings,
    whose: &str,
    observability: Option<&Observability>,
    at: Place,
    peers: &mut Peers,
) {
    let Some(Observability { scraper, collector, collector_http, access_logs: _, proxy_traces: _ }) = observability
    else {
        return;
    };
    peers.check_caller(findings, whose, at, scraper);
    for endpoint in [collector, collector_http] {
        if let Callee::Peer(peer) = text::callee(&Endpoint::Peer(endpoint.clone())) {
            peers.check(findings, whose, "is watched by", at, &peer);
        }
    }
}

/// The metrics of a service: of one container, on a port that this one serves.
pub(super) fn metrics(
    findings: &mut Findings,
    id: Id,
    served: &BTreeMap<u16, Protocol>,
    declared: Vec<Said<view::Metrics>>,
) -> Vec<Said<Metrics>> {
    declared
        .into_iter()
        .map(|Said { what: view::Metrics { port, path, seal: _ }, at }| {
            let port = port.number.number();
            if !served.contains_key(&port) {
                let wrong = format!("serves metrics on port {port}, which this container does not serve");
                findings.add(id, at, wrong, "add `.serves(..)` of that port to the container");
            }
            Said { what: Metrics { port, path }, at }
        })
        .collect()
}

/// The one place in which a pod can say where its metrics are.
pub(super) fn once(findings: &mut Findings, id: Id, metrics: Vec<Said<Metrics>>) -> Option<Said<Metrics>> {
    let mut metrics = metrics.into_iter();
    let first = metrics.next()?;
    for Said { what: _, at } in metrics {
        let place = format!("{}:{}", first.at.file(), first.at.line());
        let wrong = format!("says twice where its metrics are, first at {place}; a scraper reads one place of a pod");
        findings.add(id, at, wrong, "say the one that is to be read");
    }
    Some(first)
}

/// What the scraper calls, of all services.
pub(super) fn scraped(
    findings: &mut Findings,
    observability: Option<&Observability>,
    services: &BTreeMap<Id, Resolved>,
    edges: &BTreeSet<Edge>,
    inbound: &mut BTreeSet<Inbound>,
) {
    let Some(Observability { scraper, .. }) = observability else { return };
    for (id, resolved) in services {
        let Some(Said { what: Metrics { port, path: _ }, at }) = resolved.metrics else { continue };
        if let PeerMesh::Unmeshed { reason: _ } = scraper.mesh
            && let Some(beside) = used_beside(*id, port, resolved, edges, inbound)
        {
            let wrong = format!(
                "serves metrics on port {port}, which {beside}, and {}/{}, which reads them, proves no identity: whoever has its \
                 address could call all of the port",
                scraper.namespace, scraper.name
            );
            let instead =
                "serve metrics on a port of their own: `.serves(METRICS).metrics(METRICS, path!(\"/metrics\"))`";
            findings.add(id, at, wrong, instead);
        }
        inbound.insert(Inbound { from: scraper.clone(), to: *id, port, protocol: Protocol::Http });
    }
}

/// Who uses a port that serves metrics, beside the scraper.
fn used_beside(
    id: Id,
    port: u16,
    resolved: &Resolved,
    edges: &BTreeSet<Edge>,
    inbound: &BTreeSet<Inbound>,
) -> Option<String> {
    if resolved.exposures.iter().any(|exposed| exposed.what.port.number.number() == port) {
        return Some("is exposed".to_owned());
    }
    let service = edges.iter().find_map(|edge| match &edge.to {
        Callee::Service { id: to, port: called, protocol }
            if *to == id && *called == port && *protocol != Protocol::Udp =>
        {
            Some(format!("{} calls", edge.from))
        }
        Callee::Service { .. } | Callee::Peer(_) => None,
    });
    service.or_else(|| {
        let called = |inbound: &&Inbound| inbound.to == id && inbound.port == port && inbound.protocol != Protocol::Udp;
        let meshed = |inbound: &&Inbound| matches!(inbound.from.mesh, PeerMesh::Meshed { account: _ });
        let Inbound { from, .. } = inbound.iter().filter(called).find(meshed)?;
        Some(format!("{}/{} calls", from.namespace, from.name))
    })
}
