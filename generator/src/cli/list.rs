//! `list`: what the clusters run, and who can reach what.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use casemate_dsl::Cluster;
use casemate_dsl::view::{Decision, ExternalProtocol, PeerMesh};
use serde_json::{Value, json};

use super::args::{Format, ListArgs};
use super::exit::Exit;
use super::{render, report};
use crate::access;
use crate::graph::{Callee, Edge, Graph, Kind, Outside, Scale, Service};
use crate::notice::notices;

/// Runs `list`.
pub(super) fn list(clusters: impl IntoIterator<Item = Cluster>, args: &ListArgs) -> Exit {
    let graphs = match render::graphs(clusters, args.cluster.as_deref()) {
        Ok((graphs, _)) => graphs,
        Err(refusal) => return refusal.report(),
    };
    match args.format {
        Format::Json => {
            let clusters: Vec<Value> = graphs.iter().map(as_json).collect();
            report::print(&format!("{}\n", Value::Array(clusters)))
        }
        Format::Yaml => report::print(&graphs.iter().map(as_text).collect::<Vec<_>>().join("\n")),
    }
}

fn kind(service: &Service) -> String {
    match service.kind {
        Kind::Deployment { scale: Scale::Fixed(replicas), .. } => format!("Deployment × {replicas}"),
        Kind::Deployment { scale: Scale::Between { least, most, .. }, .. } => format!("Deployment × {least} to {most}"),
        Kind::CronJob { schedule, .. } => format!("CronJob at {schedule}"),
    }
}

fn ports(service: &Service) -> Vec<u16> {
    service.ports.keys().copied().collect()
}

fn calls(graph: &Graph, service: &Service) -> Vec<String> {
    let callee = |to: &Callee| match to {
        Callee::Service { id, port, protocol: _ } => format!("{id}:{port}"),
        Callee::Peer(peer) => {
            let mesh = match peer.mesh {
                PeerMesh::Meshed { account: _ } => "",
                PeerMesh::Unmeshed { reason: _ } => " (no mTLS)",
            };
            format!("{}/{}:{}{mesh}", peer.namespace, peer.service, peer.port)
        }
    };
    graph
        .edges
        .iter()
        .filter(|Edge { from, to: _ }| *from == service.id)
        .map(|Edge { from: _, to }| callee(to))
        .collect()
}

fn outside(service: &Service) -> Vec<String> {
    service
        .outside
        .iter()
        .map(|outside| match outside {
            Outside::Host { port, host, protocol: ExternalProtocol::Tcp } => format!("any host on {port} (for {host})"),
            Outside::Host { port, host, protocol: _ } => format!("{host}:{port}"),
            Outside::UdpRange { port, network } => format!("{network}:{port}/udp"),
        })
        .collect()
}

fn hosts(graph: &Graph, service: &Service) -> Vec<String> {
    let rules = graph.perimeter.iter().flat_map(|perimeter| &perimeter.rules);
    rules
        .filter(|(_, rule)| matches!(&rule.to, Callee::Service { id, .. } if *id == service.id))
        .map(|(host, rule)| format!("{host} ({})", decision(rule.decision)))
        .collect()
}

fn decision(decision: Decision) -> String {
    match decision {
        Decision::Access(_) => "Access".to_owned(),
        Decision::Public(reason) => format!("public: {reason}"),
    }
}

fn as_json(graph: &Graph) -> Value {
    let services: Vec<Value> = graph
        .services
        .values()
        .map(|service| {
            json!({
                "namespace": service.id.namespace.as_str(),
                "name": service.id.name.as_str(),
                "kind": kind(service),
                "serves": ports(service),
                "calls": calls(graph, service),
                "may": access::sentences(service),
                "reaches": outside(service),
                "hosts": hosts(graph, service),
            })
        })
        .collect();
    json!({"cluster": graph.cluster.name.as_str(), "services": services, "notices": notices(graph)})
}

fn as_text(graph: &Graph) -> String {
    let mut text = format!("cluster {}\n", graph.cluster.name);
    for service in graph.services.values() {
        let _ = writeln!(text, "\n{}  {}", service.id, kind(service));
        let ports: Vec<String> = ports(service).iter().map(ToString::to_string).collect();
        let rows = [
            ("serves", ports),
            ("calls", calls(graph, service)),
            ("reaches", outside(service)),
            ("may", access::sentences(service)),
            ("hosts", hosts(graph, service)),
        ];
        for (title, entries) in rows.into_iter().filter(|(_, entries)| !entries.is_empty()) {
            let _ = writeln!(text, "  {title:<8}{}", entries.join("\n          "));
        }
    }
    let notices = notices(graph);
    if !notices.is_empty() {
        let _ =
            writeln!(text, "\nreaches further than most, for the reason that is declared:\n  {}", notices.join("\n  "));
    }
    text
}
