//! Who can reach whom, computed from the rendered policies alone.
//!
//! Property tests compare these sets with the declared edges: nothing less, nothing more.

use std::collections::{BTreeMap, BTreeSet};

use crate::cidr::open_private;
use crate::field::{at, has, list, number, pairs, text, texts};
use crate::namespace_wide::is_for_every_pod;
use crate::peers::Peers;
use crate::scene::Scene;
use crate::selector::selects;
use crate::traffic::{Direction, Item, PROXY_PORT, items};
use crate::workload::Workload;
use crate::world::World;

/// An address beyond the cluster's pods.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beyond {
    /// A host by its name (or a wildcard), as the mesh's routes permit.
    Host(String),
    /// Whatever has a public address.
    Any,
    /// An address block.
    Block(String),
}

/// Pods outside of the tree that a workload may open connections to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ToPeer {
    /// The caller, `namespace/name`.
    pub caller: String,
    /// The namespace of the peer; empty when the policy names none.
    pub namespace: String,
    /// The labels of the peer; empty means every pod.
    pub labels: BTreeMap<String, String>,
    /// `TCP` or `UDP`.
    pub protocol: String,
    /// The port: the proxy's 4143 for a meshed peer.
    pub port: u16,
}

/// Pods outside of the tree, or addresses, that may open connections to a workload.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FromPeer {
    /// The namespace of the caller, or its address block.
    pub caller: String,
    /// The labels of the caller; empty for an address block.
    pub labels: BTreeMap<String, String>,
    /// The workload, `namespace/name`.
    pub callee: String,
    /// `TCP` or `UDP`.
    pub protocol: String,
    /// The port: the proxy's 4143 for a meshed caller, which the callee's policies let through to its ports.
    pub port: u16,
}

/// The pairs of workloads that can talk: caller and callee, each `namespace/name`, and the port of the callee's pod.
#[must_use]
pub fn allowed_pairs(world: &World) -> BTreeSet<(String, String, u16)> {
    let peers = Peers::default();
    let scene = Scene::alone(world, &peers);
    let mut pairs = BTreeSet::new();
    for callee in &scene.workloads {
        let ports: BTreeSet<i64> = callee.ports().into_iter().chain(server_ports(&scene, callee)).collect();
        for caller in &scene.workloads {
            for port in ports.iter().filter(|port| can_call(&scene, caller, callee, **port)) {
                pairs.insert((caller.id(), callee.id(), u16::try_from(*port).unwrap_or_default()));
            }
        }
    }
    pairs
}

/// The pairs of workloads between which datagrams pass, which no proxy sees: caller and callee, and the UDP port of the callee's pod.
#[must_use]
pub fn allowed_datagrams(world: &World) -> BTreeSet<(String, String, u16)> {
    let peers = Peers::default();
    let scene = Scene::alone(world, &peers);
    let mut pairs = BTreeSet::new();
    for callee in &scene.workloads {
        for (protocol, port) in callee.served().into_iter().filter(|(protocol, _)| *protocol == "UDP") {
            for caller in scene.workloads.iter().filter(|caller| scene.passes_on(caller, callee, (protocol, port))) {
                pairs.insert((caller.id(), callee.id(), u16::try_from(port).unwrap_or_default()));
            }
        }
    }
    pairs
}

/// Whether one workload's pods can talk to a port of another's.
pub(crate) fn can_call(scene: &Scene<'_>, caller: &Workload<'_>, callee: &Workload<'_>, port: i64) -> bool {
    let through_proxies =
        scene.is_meshed(caller) && scene.is_meshed(callee) && scene.passes(caller, callee, PROXY_PORT);
    let passes = through_proxies || scene.passes(caller, callee, port);
    let admits = || scene.authorizes(callee, port, caller) || scene.authorizes_addresses(callee, port);
    passes && (!scene.is_meshed(callee) || admits())
}

fn server_ports(scene: &Scene<'_>, callee: &Workload<'_>) -> Vec<i64> {
    let servers = scene.of_kind("Server").iter().filter(|server| server.space() == callee.namespace());
    servers
        .filter(|server| selects(at(&server.value, "spec.podSelector"), &callee.labels))
        .filter_map(|server| number(&server.value, "spec.port"))
        .collect()
}

/// Pods outside of the tree that workloads may open connections to; DNS and Linkerd's control plane, which every pod has, aside.
#[must_use]
pub fn allowed_peers(world: &World) -> BTreeSet<ToPeer> {
    let peers = Peers::default();
    let scene = Scene::alone(world, &peers);
    let mut found = BTreeSet::new();
    each_egress(&scene, |caller, item| {
        if has(item.peer, "ipBlock") || scene.workloads.iter().any(|callee| scene.is_target(caller, item, callee)) {
            return;
        }
        let namespaces = pairs(item.peer, "namespaceSelector.matchLabels");
        let named = namespaces.iter().find(|(key, _)| *key == "kubernetes.io/metadata.name");
        let labels = pairs(item.peer, "podSelector.matchLabels");
        found.insert(ToPeer {
            caller: caller.id(),
            namespace: named.map(|(_, name)| (*name).to_owned()).unwrap_or_default(),
            labels: labels.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
            protocol: item.protocol.to_owned(),
            port: u16::try_from(item.port).unwrap_or_default(),
        });
    });
    found
}

/// Whoever is let in from outside of the tree.
#[must_use]
pub fn allowed_callers(world: &World) -> BTreeSet<FromPeer> {
    let peers = Peers::default();
    let scene = Scene::alone(world, &peers);
    let mut found = BTreeSet::new();
    for policy in scene.of_kind("NetworkPolicy").iter().copied() {
        let selector = at(&policy.value, "spec.podSelector");
        for callee in scene.workloads_in(policy.space()).filter(|callee| selects(selector, &callee.labels)) {
            for item in items(policy, Direction::Ingress) {
                if scene.workloads.iter().any(|caller| scene.is_target(callee, &item, caller)) {
                    continue;
                }
                let named = pairs(item.peer, "namespaceSelector.matchLabels");
                let labels = pairs(item.peer, "podSelector.matchLabels");
                found.insert(FromPeer {
                    caller: named.first().map_or(text(item.peer, "ipBlock.cidr"), |(_, name)| name).to_owned(),
                    labels: labels.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
                    callee: callee.id(),
                    protocol: item.protocol.to_owned(),
                    port: u16::try_from(item.port).unwrap_or_default(),
                });
            }
        }
    }
    found
}

/// Addresses beyond the cluster's pods that workloads may open connections to: caller, address, protocol and port.
#[must_use]
pub fn allowed_beyond(world: &World) -> BTreeSet<(String, Beyond, String, u16)> {
    let peers = Peers::default();
    let scene = Scene::alone(world, &peers);
    let mut found = BTreeSet::new();
    each_egress(&scene, |caller, item| {
        if !has(item.peer, "ipBlock") {
            return;
        }
        let port = u16::try_from(item.port).unwrap_or_default();
        for address in beyond(&scene, caller, item) {
            found.insert((caller.id(), address, item.protocol.to_owned(), port));
        }
    });
    found
}

/// What one block on one port means once the namespace's EgressNetwork has spoken.
fn beyond(scene: &Scene<'_>, caller: &Workload<'_>, item: &Item<'_>) -> Vec<Beyond> {
    let block = text(item.peer, "ipBlock.cidr");
    let everything = if block == "0.0.0.0/0" { Beyond::Any } else { Beyond::Block(block.to_owned()) };
    let is_private = open_private(block, &[]).is_some() && block != "0.0.0.0/0";
    let denies = scene
        .of_kind("EgressNetwork")
        .iter()
        .any(|network| network.space() == caller.namespace() && text(&network.value, "spec.trafficPolicy") == "Deny");
    if item.protocol == "UDP" || is_private || !denies || !scene.is_meshed(caller) {
        return vec![everything];
    }
    let mut found = Vec::new();
    for kind in ["TLSRoute", "HTTPRoute", "TCPRoute"] {
        for route in scene.of_kind(kind).iter().filter(|route| route.space() == caller.namespace()) {
            let parents = list(&route.value, "spec.parentRefs");
            if !parents.iter().any(|parent| number(parent, "port") == Some(item.port)) {
                continue;
            }
            if kind == "TCPRoute" {
                found.push(everything.clone());
            }
            found.extend(texts(&route.value, "spec.hostnames").into_iter().map(|host| Beyond::Host(host.to_owned())));
        }
    }
    found
}

fn each_egress<'a>(scene: &Scene<'a>, mut visit: impl FnMut(&Workload<'a>, &Item<'a>)) {
    for policy in scene.of_kind("NetworkPolicy").iter().copied() {
        if is_for_every_pod(policy) {
            continue;
        }
        for caller in scene.workloads_in(policy.space()) {
            if selects(at(&policy.value, "spec.podSelector"), &caller.labels) {
                for item in items(policy, Direction::Egress) {
                    visit(caller, &item);
                }
            }
        }
    }
}
