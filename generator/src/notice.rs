//! Notices: what is declared with a reason since it reaches further than most, for whoever reviews the cluster.

use std::collections::BTreeSet;

use casemate_dsl::view::{Decision, PeerMesh, PodSecurity, Protocol, Verbs};

use crate::access;
use crate::graph::{Callee, Edge, Graph, Id, Inbound, Observability, Outside, Perimeter, Platform, Values};
use crate::mesh::PROXY_ADMIN;

/// What reaches further than a service usually does, each with its reason, in the order of services.
pub(crate) fn notices(graph: &Graph) -> Vec<String> {
    let mut notices = Vec::new();
    for service in graph.services.values() {
        let whose = service.id;
        let wide = access::wide(service).into_iter();
        notices
            .extend(wide.map(|(what, reason)| format!("{whose} has rights on {what} of the whole cluster: {reason}")));
        notices.extend(
            access::offered(service)
                .into_iter()
                .map(|taken| format!("{taken} in namespace {}: {whose} offers it", whose.namespace)),
        );
        notices.extend(service.grants.iter().filter_map(|grant| match grant.verbs {
            Verbs::Run(reason) => Some(format!("{whose} creates {} while it runs: {reason}", grant.resource)),
            Verbs::ManageOthers(reason) => {
                Some(format!("{whose} writes {}.{}, which an operator acts on: {reason}", grant.resource, grant.group))
            }
            Verbs::Read | Verbs::Manage | Verbs::ManageNamed(_) | Verbs::Own => None,
        }));
        for Inbound { from, to: _, port, protocol } in graph.inbound.iter().filter(|inbound| inbound.to == whose) {
            if let PeerMesh::Unmeshed { reason } = from.mesh {
                let caller = format!("{}/{}", from.namespace, from.name);
                let over = if *protocol == Protocol::Udp { "/udp" } else { "" };
                notices
                    .push(format!("{whose} is called on {port}{over} by {caller}, which proves no identity: {reason}"));
                if *protocol != Protocol::Udp {
                    notices.extend(let_in_beside(graph, whose, *port).into_iter().map(|other| {
                        format!("{whose} lets {other} call {port}, too: the mesh knows {caller} by its network alone")
                    }));
                }
            }
        }
        notices.extend(service.outside.iter().filter_map(|outside| match outside {
            Outside::Below { port, hosts, reason } => {
                Some(format!("{whose} reaches all hosts {hosts} on {port}: {reason}"))
            }
            Outside::AnyWebPage { reason } => Some(format!("{whose} reaches any host on 80 and 443: {reason}")),
            Outside::Lan { port, address, udp: _, reason } => {
                Some(format!("{whose} reaches {address} on {port}, outside of the cluster: {reason}"))
            }
            Outside::Host { port: _, host: _, protocol: _ }
            | Outside::Udp { port: _, host: _ }
            | Outside::UdpRange { port: _, network: _ } => None,
        }));
    }
    if let Some(Observability { scraper, .. }) = &graph.cluster.observability
        && let PeerMesh::Unmeshed { reason } = scraper.mesh
    {
        let scraper = format!("{}/{}", scraper.namespace, scraper.name);
        notices.push(format!(
            "the proxies of all services are called on {PROXY_ADMIN} by {scraper}, which proves no identity: {reason}"
        ));
    }
    for (host, rule) in graph.perimeter.iter().flat_map(Perimeter::each_rule) {
        if let Decision::Public(reason) = rule.decision {
            let to = match &rule.to {
                Callee::Service { id, port: _, protocol: _ } => id.to_string(),
                Callee::Peer(peer) => format!("{}/{}", peer.namespace, peer.service),
            };
            notices.push(format!("{to} is seen by everybody at {}: {reason}", rule.spelled(host)));
        }
    }
    notices.extend(of_charts(&graph.platform));
    notices
}

/// What charts are held to less than others, and whose values Casemate does not set.
fn of_charts(platform: &Platform) -> Vec<String> {
    let mut notices = Vec::new();
    for (namespace, node) in &platform.namespaces {
        if let PodSecurity::Privileged(reason) = node.level {
            let charts = platform.charts.values().filter(|chart| chart.namespace == *namespace);
            notices.extend(
                charts.map(|chart| format!("chart {} is privileged in namespace {namespace}: {reason}", chart.release)),
            );
        }
    }
    for chart in platform.charts.values() {
        notices.extend(chart.secrets.map(|reason| format!("chart {} makes Secrets: {reason}", chart.release)));
        if matches!(chart.values, Values::Theirs(_)) {
            notices.push(format!(
                "chart {} has values that Casemate reads for credentials, and for nothing else",
                chart.release
            ));
        }
    }
    notices
}

/// Who calls other ports of a service only, and can call this one as well, since a caller without identity may.
///
/// The network lets them through to the service's proxy, whatever the port, and there an address is all that is asked for on this one.
/// *Linkerd, Authorization Policy: NetworkAuthentication*.
pub(crate) fn let_in_beside(graph: &Graph, whose: Id, called: u16) -> BTreeSet<String> {
    let services = graph.edges.iter().filter_map(|Edge { from, to }| match to {
        Callee::Service { id, port, protocol } if *id == whose && *protocol != Protocol::Udp => {
            Some((from.to_string(), *port))
        }
        Callee::Service { .. } | Callee::Peer(_) => None,
    });
    let peers = graph.inbound.iter().filter_map(|Inbound { from, to, port, protocol }| match from.mesh {
        PeerMesh::Meshed { account: _ } if *to == whose && *protocol != Protocol::Udp => {
            Some((format!("{}/{}", from.namespace, from.name), *port))
        }
        PeerMesh::Meshed { account: _ } | PeerMesh::Unmeshed { reason: _ } => None,
    });
    let (declared, beside): (Vec<_>, Vec<_>) = services.chain(peers).partition(|(_, port)| *port == called);
    let declared: BTreeSet<String> = declared.into_iter().map(|(caller, _)| caller).collect();
    beside.into_iter().map(|(caller, _)| caller).filter(|caller| !declared.contains(caller)).collect()
}
