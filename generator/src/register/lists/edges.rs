//! Connections without mutual TLS.

use casemate_dsl::view::{PeerMesh, Protocol};

use super::List;
use crate::graph::{Callee, DatabaseNode, Edge, Graph, Inbound, Observability, POSTGRES, PeerNode};
use crate::mesh::PROXY_ADMIN;
use crate::network;
use crate::notice::let_in_beside;
use crate::register::markdown::{code, text};

const UDP: &str = "UDP passes the mesh by";

/// Why a connection has no mutual TLS, if it has none.
fn why(mesh: PeerMesh, protocol: Protocol) -> Option<String> {
    match (mesh, protocol) {
        (PeerMesh::Unmeshed { reason }, _) => Some(text(reason.as_str())),
        (PeerMesh::Meshed { account: _ }, Protocol::Udp) => Some(UDP.to_owned()),
        (PeerMesh::Meshed { account: _ }, Protocol::Http | Protocol::Grpc | Protocol::Tcp | Protocol::Tls) => None,
    }
}

fn port(number: u16, protocol: Protocol) -> String {
    if protocol == Protocol::Udp { format!("{number}/udp") } else { number.to_string() }
}

fn peer(peer: &PeerNode) -> String {
    format!("{}/{}:{}", peer.namespace, peer.service, port(peer.port, peer.protocol))
}

/// Every declared connection that the mesh does not encrypt and authenticate at both ends.
pub(super) fn unmeshed(graph: &Graph) -> List {
    let mut rows = Vec::new();
    let mut add = |from: &str, to: &str, why: String| rows.push(vec![code(from), code(to), why]);
    for Edge { from, to } in &graph.edges {
        match to {
            Callee::Service { id, port: number, protocol: Protocol::Udp } => {
                add(&from.to_string(), &format!("{id}:{number}/udp"), UDP.to_owned());
            }
            Callee::Service { .. } => {}
            Callee::Peer(node) => {
                if let Some(why) = why(node.mesh, node.protocol) {
                    add(&from.to_string(), &peer(node), why);
                }
            }
        }
    }
    for Inbound { from, to, port: number, protocol } in &graph.inbound {
        let caller = format!("{}/{}", from.namespace, from.name);
        if let Some(why) = why(from.mesh, *protocol) {
            add(&caller, &format!("{to}:{}", port(*number, *protocol)), why);
        }
        if matches!(from.mesh, PeerMesh::Unmeshed { .. }) && *protocol != Protocol::Udp {
            for other in let_in_beside(graph, *to, *number) {
                let why = format!("not declared: the mesh knows {} by its network alone", code(&caller));
                add(&other, &format!("{to}:{number}"), why);
            }
        }
    }
    for service in graph.services.values() {
        for webhook in &service.webhooks {
            let why = "it has no identity in the mesh: the webhook's own TLS is all that there is".to_owned();
            add("the API server", &format!("{}:{}", service.id, webhook.port), why);
        }
    }
    for (namespace, node) in &graph.namespaces {
        for (name, DatabaseNode { label: _, services: _, callers }) in &node.databases {
            if let Some(home) = graph.cluster.cloud_native_pg {
                let (_, operator) = network::DATABASE_OPERATOR;
                let to = format!("{namespace}/{name}:{}", network::DATABASE_STATUS);
                add(&format!("{home}/{operator}"), &to, "it runs the database, outside of the mesh".to_owned());
            }
            for caller in callers {
                let from = format!("{}/{}", caller.namespace, caller.name);
                let why =
                    "the database is outside of the mesh: PostgreSQL speaks TLS if its client asks for it".to_owned();
                add(&from, &format!("{namespace}/{name}:{POSTGRES}"), why);
            }
        }
    }
    if let Some(Observability { scraper, proxy_traces, .. }) = &graph.cluster.observability {
        if let PeerMesh::Unmeshed { reason } = scraper.mesh {
            let from = format!("{}/{}", scraper.namespace, scraper.name);
            add(&from, &format!("the proxies of all services:{PROXY_ADMIN}"), text(reason.as_str()));
        }
        if let Some((node, PeerMesh::Unmeshed { reason })) = proxy_traces.as_ref().map(|node| (node, node.mesh)) {
            add("the proxies of all services", &peer(node), text(reason.as_str()));
        }
    }
    List {
        title: "Unmeshed edges",
        says: "These connections have no mTLS: whoever is on the path can read and change them, and a caller is known by its network alone. A NetworkPolicy holds each end that is a service or a declared database; to a chart or a peer any pod may connect, as far as this tree says.",
        columns: &["from", "to", "reason"],
        rows,
        empty: "None: every declared connection within the cluster is mutual TLS.",
    }
}
