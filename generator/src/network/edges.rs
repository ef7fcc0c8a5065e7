//! Edges: who calls a service and whom it calls, each as pods and ports.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::view::{PeerMesh, Protocol};
use casemate_dsl::word::Ip;
use k8s_openapi::api::networking::v1::{NetworkPolicyEgressRule, NetworkPolicyPeer, NetworkPolicyPort};

use super::rule::{PROXY_INBOUND, addresses, label, pods_of, tcp, udp};
use crate::graph::{Callee, Edge, Facts, Graph, Id, Inbound, PeerCaller, PeerNode};
use crate::meta;

/// The edges of one service.
#[derive(Debug, Default)]
pub(crate) struct EdgesOf<'a> {
    /// What it calls.
    pub(crate) callees: Vec<&'a Callee>,
    /// Who calls it, and on which ports.
    pub(crate) callers: BTreeMap<CallerOf<'a>, Called>,
}

/// Who calls a service.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum CallerOf<'a> {
    /// Another service.
    Service(Id),
    /// A peer.
    Peer(&'a PeerCaller),
    /// The API server, which asks a webhook.
    ApiServer,
}

/// The ports on which somebody calls a service.
#[derive(Debug, Default)]
pub(crate) struct Called {
    pub(crate) tcp: BTreeSet<u16>,
    pub(crate) udp: BTreeSet<u16>,
}

impl CallerOf<'_> {
    /// `namespace.name`.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Service(id) => id.dotted(),
            Self::Peer(peer) => format!("{}.{}", peer.namespace, peer.name),
            Self::ApiServer => "apiserver".to_owned(),
        }
    }

    /// Where it calls from.
    pub(super) fn pods(self, facts: &Facts) -> Vec<NetworkPolicyPeer> {
        match self {
            Self::Service(id) => vec![of_ours(id)],
            Self::Peer(peer) => {
                vec![pods_of(peer.namespace.as_str(), peer.labels.iter().copied().map(label).collect())]
            }
            Self::ApiServer => {
                api_servers(facts).into_iter().map(|address| addresses(format!("{address}/32"), &[])).collect()
            }
        }
    }

    const fn is_meshed(self) -> bool {
        match self {
            Self::Service(_) => true,
            Self::ApiServer => false,
            Self::Peer(peer) => matches!(peer.mesh, PeerMesh::Meshed { account: _ }),
        }
    }
}

impl Called {
    fn add(&mut self, port: u16, protocol: Protocol) {
        if protocol == Protocol::Udp {
            self.udp.insert(port)
        } else {
            self.tcp.insert(port)
        };
    }

    /// Where traffic of this caller arrives.
    pub(super) fn ports(&self, caller: CallerOf<'_>) -> Vec<NetworkPolicyPort> {
        let arriving: BTreeSet<u16> =
            if caller.is_meshed() { self.tcp.iter().map(|_| PROXY_INBOUND).collect() } else { self.tcp.clone() };
        arriving.into_iter().map(tcp).chain(self.udp.iter().copied().map(udp)).collect()
    }
}

/// The edges of each service.
pub(crate) fn edges_of(graph: &Graph) -> BTreeMap<Id, EdgesOf<'_>> {
    let mut edges: BTreeMap<Id, EdgesOf<'_>> = graph.services.keys().map(|id| (*id, EdgesOf::default())).collect();
    for Edge { from, to } in &graph.edges {
        edges.entry(*from).or_default().callees.push(to);
        if let Callee::Service { id, port, protocol } = to {
            let callers = &mut edges.entry(*id).or_default().callers;
            callers.entry(CallerOf::Service(*from)).or_default().add(*port, *protocol);
        }
    }
    for Inbound { from, to, port, protocol } in &graph.inbound {
        let callers = &mut edges.entry(*to).or_default().callers;
        callers.entry(CallerOf::Peer(from)).or_default().add(*port, *protocol);
    }
    for service in graph.services.values() {
        for webhook in &service.webhooks {
            let callers = &mut edges.entry(service.id).or_default().callers;
            callers.entry(CallerOf::ApiServer).or_default().add(webhook.port, Protocol::Tls);
        }
    }
    edges
}

/// The addresses of the API server: it has no pods that a policy could select.
pub(crate) fn api_servers(facts: &Facts) -> BTreeSet<Ip> {
    facts.kubernetes.api_servers.iter().map(|(address, _)| address).collect()
}

fn of_ours(id: Id) -> NetworkPolicyPeer {
    pods_of(id.namespace.as_str(), BTreeMap::from([(meta::NAME_LABEL.to_owned(), id.name.to_string())]))
}

/// The rules of a service's calls, by the name of the policy: one for each callee, whatever the number of its ports.
pub(super) fn outgoing(id: Id, edges: &EdgesOf<'_>) -> BTreeMap<String, NetworkPolicyEgressRule> {
    let mut peers: BTreeMap<String, (NetworkPolicyPeer, Called)> = BTreeMap::new();
    for callee in &edges.callees {
        let (namespace, name, peer, number, protocol) = match callee {
            Callee::Service { id, port, protocol } => {
                let number = if *protocol == Protocol::Udp { *port } else { PROXY_INBOUND };
                (id.namespace.as_str(), id.name.as_str(), of_ours(*id), number, *protocol)
            }
            Callee::Peer(PeerNode { namespace, service, port: _, pod_port, protocol, labels, mesh }) => {
                let number = match mesh {
                    PeerMesh::Meshed { account: _ } if *protocol != Protocol::Udp => PROXY_INBOUND,
                    PeerMesh::Meshed { account: _ } | PeerMesh::Unmeshed { reason: _ } => *pod_port,
                };
                let labels = labels.iter().copied().map(label).collect();
                (namespace.as_str(), service.as_str(), pods_of(namespace.as_str(), labels), number, *protocol)
            }
        };
        let policy = format!("{}-to-{namespace}.{name}", id.name);
        peers.entry(policy).or_insert_with(|| (peer, Called::default())).1.add(number, protocol);
    }
    peers
        .into_iter()
        .map(|(policy, (peer, Called { tcp: over_tcp, udp: over_udp }))| {
            let ports = over_tcp.into_iter().map(tcp).chain(over_udp.into_iter().map(udp)).collect();
            (policy, NetworkPolicyEgressRule { to: Some(vec![peer]), ports: Some(ports) })
        })
        .collect()
}
