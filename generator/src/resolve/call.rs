//! Calls: each leads to a service that the cluster runs and a port that it serves, or to a peer that is declared in one way.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::said::Said;
use casemate_dsl::view::Endpoint;

use super::database::Databases;
use super::finding::Findings;
use super::inbound;
use super::peer::Peers;
use super::service::Resolved;
use super::text;
use crate::graph::{Callee, Edge, Id};

/// The edges of all services.
pub(super) fn edges(
    findings: &mut Findings,
    services: &BTreeMap<Id, Resolved>,
    peers: &mut Peers,
    databases: &mut Databases,
) -> BTreeSet<Edge> {
    let mut edges = BTreeSet::new();
    for (id, service) in services {
        for Said { what: endpoint, at } in &service.called {
            let callee = text::callee(endpoint);
            if let Endpoint::Database(database) = endpoint {
                databases.add(findings, *id, at, database);
                edges.insert(Edge { from: *id, to: callee });
                continue;
            }
            match &callee {
                Callee::Service { id: to, port, protocol } => match services.get(to) {
                    None => findings.add(
                        id,
                        at,
                        format!("calls {to}, which this cluster does not run"),
                        "add `.runs(..)` of that service to the cluster, or remove the call",
                    ),
                    Some(found) => match inbound::served(&found.service, *port, *protocol) {
                        None => findings.add(
                            id,
                            at,
                            format!("calls port {port} of {to}, which no container of it serves"),
                            format!(
                                "add `.serves(..)` of that port to a container of {to}, or call one that it serves"
                            ),
                        ),
                        Some(served) if served != *protocol => findings.add(
                            id,
                            at,
                            format!("calls port {port} of {to} with another protocol than it is served with"),
                            "call the constant that the service serves",
                        ),
                        Some(_) => {}
                    },
                },
                Callee::Peer(peer) => peers.check(findings, &id.to_string(), "calls", at, peer),
            }
            edges.insert(Edge { from: *id, to: callee });
        }
    }
    edges
}
