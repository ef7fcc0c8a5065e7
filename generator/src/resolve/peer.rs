//! Peers: outside of the namespaces of services, and each declared in one way.

use std::collections::BTreeMap;

use casemate_dsl::Tunnel;
use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::Protocol;
use casemate_dsl::word::Name;

use super::finding::Findings;
use super::service::Resolved;
use crate::graph::{Id, PeerCaller, PeerNode};

/// The peers that were named so far, and the namespaces in which there are none.
#[derive(Debug)]
pub(super) struct Peers {
    /// Whose a namespace is.
    taken: BTreeMap<String, &'static str>,
    /// By namespace and Service.
    named: BTreeMap<(Name, Name), (PeerNode, Place)>,
    /// The pods' port, by namespace, Service, and the Service's port and whether it is UDP's.
    ports: BTreeMap<(Name, Name, u16, bool), (u16, Place)>,
    /// Those that call, by namespace and name.
    callers: BTreeMap<(Name, Name), (PeerCaller, Place)>,
}

impl Peers {
    /// No peers yet, beside these services and this tunnel.
    pub(super) fn beside(services: &BTreeMap<Id, Resolved>, tunnel: Option<&Said<Tunnel>>) -> Self {
        let mut taken: BTreeMap<String, &str> =
            services.keys().map(|id| (id.namespace.to_string(), "services")).collect();
        if let Some(tunnel) = tunnel {
            taken.entry(tunnel.what.namespace.to_string()).or_insert("the tunnel");
        }
        Self { taken, named: BTreeMap::new(), ports: BTreeMap::new(), callers: BTreeMap::new() }
    }

    /// Checks a peer that `whose` calls or exposes.
    pub(super) fn check(&mut self, findings: &mut Findings, whose: &str, verb: &str, at: Place, peer: &PeerNode) {
        if let Some(owner) = self.taken.get(peer.namespace.as_str()) {
            let wrong = format!("{verb} a peer in namespace {}, which belongs to {owner}", peer.namespace);
            let instead = "name the service's own port, or run the peer in a namespace of its own";
            findings.add(whose, at, wrong, instead);
            return;
        }
        let (first, place) = self.named.entry((peer.namespace, peer.service)).or_insert_with(|| (peer.clone(), at));
        let name = format!("the peer {}/{}", peer.namespace, peer.service);
        let place = format!("{}:{}", place.file(), place.line());
        if first.labels != peer.labels || first.mesh != peer.mesh {
            let wrong = format!("{name} has other labels, or another place in the mesh, than at {place}");
            let instead = "a Service selects the same pods on all of its ports: declare the `Peer` once, as a constant, and all \
                           ports from it";
            findings.add(whose, at, wrong, instead);
            return;
        }
        let port = (peer.namespace, peer.service, peer.port, peer.protocol == Protocol::Udp);
        let (pod_port, place) = *self.ports.entry(port).or_insert((peer.pod_port, at));
        if pod_port != peer.pod_port {
            let place = format!("{}:{}", place.file(), place.line());
            let wrong = format!(
                "port {} of {name} leads to port {} of its pods, and at {place} to {pod_port}",
                peer.port, peer.pod_port
            );
            findings.add(whose, at, wrong, "declare the port once, as a constant, and name it");
        }
    }

    /// Whose a namespace is, if it is none of a peer's.
    pub(super) fn owner(&self, namespace: Name) -> Option<&'static str> {
        self.taken.get(namespace.as_str()).copied()
    }

    /// Checks a peer that calls `whose` ports.
    pub(super) fn check_caller(
        &mut self,
        findings: &mut Findings,
        whose: impl std::fmt::Display,
        at: Place,
        caller: &PeerCaller,
    ) {
        if let Some(owner) = self.taken.get(caller.namespace.as_str()) {
            let wrong = format!("is called by a peer in namespace {}, which belongs to {owner}", caller.namespace);
            let instead = "let the service that calls say so, `.calls(..)`, or run the peer in a namespace of its own";
            findings.add(whose, at, wrong, instead);
            return;
        }
        let (first, place) =
            self.callers.entry((caller.namespace, caller.name)).or_insert_with(|| (caller.clone(), at));
        if first != caller {
            let wrong = format!(
                "the caller {}/{} has other labels, or another place in the mesh, than at {}:{}",
                caller.namespace,
                caller.name,
                place.file(),
                place.line()
            );
            findings.add(whose, at, wrong, "declare the `Caller` once, as a constant, and name it");
        }
    }
}
