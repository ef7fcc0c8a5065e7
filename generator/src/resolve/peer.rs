//! Peers: outside of the namespaces of services, and each declared in one way.

use std::collections::BTreeMap;

use casemate_dsl::Tunnel;
use casemate_dsl::said::{Place, Said};
use casemate_dsl::word::Name;

use super::finding::Findings;
use super::service::Resolved;
use crate::graph::{Id, PeerNode};

/// The peers that were named so far, and the namespaces in which there are none.
#[derive(Debug)]
pub(super) struct Peers {
    /// Whose a namespace is.
    taken: BTreeMap<String, &'static str>,
    /// By namespace and Service.
    named: BTreeMap<(Name, Name), (PeerNode, Place)>,
    /// The pods' port, by namespace, Service and the Service's port.
    ports: BTreeMap<(Name, Name, u16), (u16, Place)>,
}

impl Peers {
    /// No peers yet, beside these services and this tunnel.
    pub(super) fn beside(services: &BTreeMap<Id, Resolved>, tunnel: Option<&Said<Tunnel>>) -> Self {
        let mut taken: BTreeMap<String, &str> =
            services.keys().map(|id| (id.namespace.to_string(), "services")).collect();
        if let Some(tunnel) = tunnel {
            taken.entry(tunnel.what.namespace.to_string()).or_insert("the tunnel");
        }
        Self { taken, named: BTreeMap::new(), ports: BTreeMap::new() }
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
        let (pod_port, place) =
            *self.ports.entry((peer.namespace, peer.service, peer.port)).or_insert((peer.pod_port, at));
        if pod_port != peer.pod_port {
            let place = format!("{}:{}", place.file(), place.line());
            let wrong = format!(
                "port {} of {name} leads to port {} of its pods, and at {place} to {pod_port}",
                peer.port, peer.pod_port
            );
            findings.add(whose, at, wrong, "declare the port once, as a constant, and name it");
        }
    }
}
