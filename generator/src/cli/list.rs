//! `list`: what the clusters run, and who can reach what.

mod database;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use casemate_dsl::Cluster;
use casemate_dsl::view::{Decision, ExternalProtocol, Operation, PeerMesh, Protocol};
use casemate_dsl::word::Host;
use serde_json::{Value, json};

use super::args::{Format, ListArgs};
use super::exit::Exit;
use super::{render, report};
use crate::access;
use crate::graph::{
    Callee, ChartNode, Edge, Graph, Inbound, IngressRule, Kind, Outside, Scale, Service, Values, VolumeSource,
    WebhookNode,
};
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
    let scaled = |kind: &str, scale: Scale| match scale {
        Scale::Fixed(replicas) => format!("{kind} × {replicas}"),
        Scale::Between { least, most, .. } => format!("{kind} × {least} to {most}"),
    };
    match service.kind {
        Kind::Deployment { scale, .. } => scaled("Deployment", scale),
        Kind::StatefulSet { scale, .. } => scaled("StatefulSet", scale),
        Kind::DaemonSet { .. } => "DaemonSet".to_owned(),
        Kind::Job { .. } => "Job".to_owned(),
        Kind::Created { by } => format!("Pods that {by} creates"),
        Kind::CronJob { schedule, .. } => format!("CronJob at {}", schedule.cron),
    }
}

fn ports(service: &Service) -> Vec<String> {
    let over_udp = service.udp.iter().map(|port| format!("{port}/udp (no mTLS: UDP passes the mesh by)"));
    service.ports.keys().map(ToString::to_string).chain(over_udp).collect()
}

/// What is said of a connection that the mesh does not protect.
fn unmeshed(mesh: PeerMesh, protocol: Protocol) -> String {
    match (mesh, protocol) {
        (PeerMesh::Unmeshed { reason }, _) => format!(" (no mTLS: {reason})"),
        (PeerMesh::Meshed { account: _ }, Protocol::Udp) => " (no mTLS: UDP passes the mesh by)".to_owned(),
        (PeerMesh::Meshed { account: _ }, Protocol::Http | Protocol::Grpc | Protocol::Tcp | Protocol::Tls) => {
            String::new()
        }
    }
}

fn port(number: u16, protocol: Protocol) -> String {
    match protocol {
        Protocol::Udp => format!("{number}/udp"),
        Protocol::Http | Protocol::Grpc | Protocol::Tcp | Protocol::Tls => number.to_string(),
    }
}

fn calls(graph: &Graph, service: &Service) -> Vec<String> {
    let callee = |to: &Callee| match to {
        Callee::Service { id, port: number, protocol } => format!("{id}:{}", port(*number, *protocol)),
        Callee::Peer(peer) => {
            let (number, mesh) = (port(peer.port, peer.protocol), unmeshed(peer.mesh, peer.protocol));
            format!("{}/{}:{number}{mesh}", peer.namespace, peer.service)
        }
    };
    graph
        .edges
        .iter()
        .filter(|Edge { from, to: _ }| *from == service.id)
        .map(|Edge { from: _, to }| callee(to))
        .collect()
}

/// The peers that call: services are seen where they are listed themselves.
fn callers(graph: &Graph, service: &Service) -> Vec<String> {
    let inbound = graph.inbound.iter().filter(|inbound| inbound.to == service.id);
    inbound
        .map(|Inbound { from, to: _, port: number, protocol }| {
            let (number, mesh) = (port(*number, *protocol), unmeshed(from.mesh, *protocol));
            format!("{}/{} on {number}{mesh}", from.namespace, from.name)
        })
        .collect()
}

fn outside(service: &Service) -> Vec<String> {
    let sentence = |outside: &Outside| match outside {
        Outside::Host { port, host, protocol: ExternalProtocol::Tcp } => format!("any host on {port} (for {host})"),
        Outside::Host { port, host, protocol: ExternalProtocol::Tls | ExternalProtocol::PlainHttp } => {
            format!("{host}:{port}")
        }
        Outside::Below { port, hosts, reason } => format!("{hosts}:{port} ({reason})"),
        Outside::AnyWebPage { reason } => format!("any host on 80 and 443 ({reason})"),
        Outside::Lan { port, address, udp, reason } => {
            format!("{address}:{port}{} ({reason})", if *udp { "/udp" } else { "" })
        }
        Outside::Udp { port, host } => format!("any host on {port}/udp (for {host})"),
        Outside::UdpRange { port, network } => format!("{network}:{port}/udp"),
    };
    service.outside.iter().map(sentence).collect()
}

/// What the API server asks it.
fn webhooks(service: &Service) -> Vec<String> {
    let sentence = |webhook: &WebhookNode| {
        let does = if webhook.mutates { "may change" } else { "may refuse" };
        let about = webhook.about.iter().map(|about| match about.operation {
            Operation::Create => format!("new {}", about.resource),
            Operation::Update => format!("changes of {}", about.resource),
            Operation::Delete => format!("the deletion of {}", about.resource),
        });
        let about: Vec<String> = about.collect();
        let namespaces: Vec<String> = webhook.namespaces.iter().map(ToString::to_string).collect();
        let away = if webhook.refuses { ", and while it is away all are refused" } else { "" };
        format!("{does} {} in {}{away}", report::list(&about), report::list(&namespaces))
    };
    service.webhooks.iter().map(sentence).collect()
}

/// Whose fields it reads: items of 1Password, and what operators make.
fn secrets(service: &Service) -> Vec<String> {
    let items = service.items.iter().map(|item| format!("{} of 1Password", item.title()));
    items.chain(service.made.iter().map(|secret| format!("{secret}, which an operator makes"))).collect()
}

/// Which data it mounts, and who made the claims: itself, its namespace, or somebody outside of what is rendered.
fn data(graph: &Graph, service: &Service) -> Vec<String> {
    let shared = graph.namespaces.get(&service.id.namespace);
    let sentence = |claim: &String| {
        if let Some(own) = service.claims.get(claim) {
            return format!("{claim} ({})", own.size);
        }
        match shared.and_then(|node| node.claims.iter().find(|(name, _)| name.as_str() == claim)) {
            Some((_, shared)) => format!("{claim} ({}, shared)", shared.size),
            None => format!("{claim}, which is not rendered here"),
        }
    };
    let claims = service.pod.volumes.values().filter_map(|volume| match &volume.source {
        VolumeSource::Claim { claim } => Some(sentence(claim)),
        _ => None,
    });
    let templates = service.templates.iter().map(|(name, claim)| format!("{name} of each pod ({})", claim.size));
    claims.chain(templates).collect()
}

/// The hostnames of a service; at the tunnel stand those of peers, which are listed nowhere else.
fn hosts(graph: &Graph, service: &Service) -> Vec<String> {
    let Some(perimeter) = &graph.perimeter else { return Vec::new() };
    let line = |(host, rule): (Host, &IngressRule)| {
        let what = format!("{} ({})", rule.spelled(host), decision(rule.decision));
        match &rule.to {
            Callee::Service { id, .. } => (*id == service.id).then_some(what),
            Callee::Peer(peer) => {
                (perimeter.id == service.id).then(|| format!("{what} to {}/{}", peer.namespace, peer.service))
            }
        }
    };
    perimeter.each_rule().filter_map(line).collect()
}

fn decision(decision: Decision) -> String {
    match decision {
        Decision::Access(_) => "Access".to_owned(),
        Decision::Public(reason) => format!("public: {reason}"),
    }
}

/// The containers that nobody asks whether they work, with the reasons.
fn unprobed(service: &Service) -> Vec<String> {
    let containers = service.pod.each_container();
    containers
        .filter_map(|container| container.unprobed.map(|reason| format!("container {}: {reason}", container.name)))
        .collect()
}

/// What is installed, from where, and whose values it has.
fn charts(graph: &Graph) -> Vec<String> {
    let sentence = |chart: &ChartNode| {
        let values = match chart.values {
            Values::Unsaid => "the chart's own values",
            Values::Ours(_) => "Casemate's values",
            Values::Theirs(_) => "values of the declaration",
        };
        let (namespace, release, name) = (chart.namespace, chart.release, chart.name);
        format!("{namespace}/{release}: chart {name} {} of {}, {values}", chart.version, chart.repository)
    };
    graph.platform.charts.values().map(sentence).collect()
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
                "serves": service.ports.keys().collect::<Vec<_>>(),
                "serves_udp": service.udp,
                "calls": calls(graph, service),
                "called": callers(graph, service),
                "may": access::sentences(service),
                "offers": access::offered(service),
                "asked": webhooks(service),
                "secrets": secrets(service),
                "data": data(graph, service),
                "reaches": outside(service),
                "hosts": hosts(graph, service),
                "unprobed": unprobed(service),
            })
        })
        .collect();
    json!({
        "cluster": graph.cluster.name.as_str(),
        "services": services,
        "databases": database::as_json(graph),
        "charts": charts(graph),
        "notices": notices(graph),
    })
}

fn as_text(graph: &Graph) -> String {
    let mut text = format!("cluster {}\n", graph.cluster.name);
    for service in graph.services.values() {
        let _ = writeln!(text, "\n{}  {}", service.id, kind(service));
        let rows = [
            ("serves", ports(service)),
            ("calls", calls(graph, service)),
            ("called", callers(graph, service)),
            ("asked", webhooks(service)),
            ("reaches", outside(service)),
            ("may", access::sentences(service)),
            ("offers", access::offered(service)),
            ("secrets", secrets(service)),
            ("data", data(graph, service)),
            ("hosts", hosts(graph, service)),
            ("unprobed", unprobed(service)),
        ];
        for (title, entries) in rows.into_iter().filter(|(_, entries)| !entries.is_empty()) {
            let _ = writeln!(text, "  {title:<9}{}", entries.join("\n           "));
        }
    }
    text += &database::as_text(graph);
    let charts = charts(graph);
    if !charts.is_empty() {
        let _ = writeln!(text, "\ninstalls\n  {}", charts.join("\n  "));
    }
    let notices = notices(graph);
    if !notices.is_empty() {
        let _ =
            writeln!(text, "\nreaches further than most, for the reason that is declared:\n  {}", notices.join("\n  "));
    }
    text
}
