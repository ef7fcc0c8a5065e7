//! Addresses outside of the cluster: what NetworkPolicies let out, and what the mesh's routes permit.

use std::collections::{BTreeMap, BTreeSet};

use super::CrossRule;
use crate::cidr::open_private;
use crate::field::{at, has, list, number, text, texts};
use crate::namespace_wide::is_for_all;
use crate::scene::{Findings, Scene};
use crate::traffic::{Direction, Item, items};
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "private-block",
        sentence: "a block leaves no address open that is not the internet's, unless it is an API server's or a device's",
        check: private_block,
    },
    CrossRule {
        name: "route-for-port",
        sentence: "every TCP port that is open to the internet, or to a device, has a route on the namespace's EgressNetwork",
        check: route_for_port,
    },
    CrossRule {
        name: "route-used",
        sentence: "every route is on a port that some policy of the namespace opens to an address",
        check: route_used,
    },
    CrossRule {
        name: "route-network",
        sentence: "a route names the EgressNetwork of its own namespace, as parent and as backend",
        check: route_network,
    },
    CrossRule {
        name: "route-one-protocol",
        sentence: "routes on one port of a namespace are of one kind, TCPRoutes alone, and no host stands in two",
        check: route_one_protocol,
    },
    CrossRule {
        name: "route-opaque-port",
        sentence: "no TLSRoute and no HTTPRoute on a port that Linkerd takes for opaque",
        check: route_opaque_port,
    },
];

const ROUTES: [&str; 3] = ["TLSRoute", "HTTPRoute", "TCPRoute"];

/// Linkerd's default list of ports where the server speaks first.
const OPAQUE_PORTS: [i64; 8] = [25, 587, 3306, 4444, 5432, 6379, 9300, 11211];

/// Address blocks of egress rules, whole-namespace policies aside.
pub(super) fn blocks<'a>(scene: &Scene<'a>) -> Vec<(&'a Document, Item<'a>)> {
    let policies = scene.of_kind("NetworkPolicy").iter().copied().filter(|policy| !is_for_all(policy));
    policies
        .flat_map(|policy| items(policy, Direction::Egress).into_iter().map(move |item| (policy, item)))
        .filter(|(_, item)| has(item.peer, "ipBlock"))
        .collect()
}

/// Whether an item means an address that the oracle was told of.
pub(super) fn is_listed(item: &Item<'_>, listed: &BTreeSet<(String, u16)>) -> bool {
    let block = text(item.peer, "ipBlock.cidr");
    !has(item.peer, "ipBlock.except")
        && listed.iter().any(|(known, port)| known == block && i64::from(*port) == item.port)
}

fn is_public(scene: &Scene<'_>, item: &Item<'_>) -> bool {
    let api_server = item.protocol == "TCP" && is_listed(item, &scene.peers.api_servers);
    !api_server && !is_listed(item, &scene.peers.devices)
}

fn routes<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a Document> {
    let found: Vec<_> = ROUTES.iter().flat_map(|kind| scene.of_kind(kind).iter().copied()).collect();
    found.into_iter()
}

fn port_of(route: &Document) -> Option<i64> {
    list(&route.value, "spec.parentRefs").first().and_then(|parent| number(parent, "port"))
}

fn private_block(scene: &Scene<'_>, findings: &mut Findings) {
    for (policy, item) in blocks(scene) {
        if !is_public(scene, &item) {
            continue;
        }
        let block = at(item.peer, "ipBlock");
        if let Some(address) = open_private(text(block, "cidr"), &texts(block, "except")) {
            findings.push(policy.finding("private-block", format!("{address} and more stay open on {}", item.port)));
        }
    }
}

fn route_for_port(scene: &Scene<'_>, findings: &mut Findings) {
    for (policy, item) in blocks(scene) {
        if item.protocol != "TCP" || is_listed(&item, &scene.peers.api_servers) {
            continue;
        }
        let routed = routes(scene).any(|route| route.space() == policy.space() && port_of(route) == Some(item.port));
        if !routed {
            findings
                .push(policy.finding("route-for-port", format!("no route of the namespace is on port {}", item.port)));
        }
    }
}

fn route_used(scene: &Scene<'_>, findings: &mut Findings) {
    let blocks = blocks(scene);
    for route in routes(scene) {
        let used = blocks.iter().any(|(policy, item)| {
            policy.space() == route.space()
                && item.protocol == "TCP"
                && !is_listed(item, &scene.peers.api_servers)
                && Some(item.port) == port_of(route)
        });
        if !used {
            findings.push(route.finding("route-used", "no policy of the namespace opens its port"));
        }
    }
}

fn route_network(scene: &Scene<'_>, findings: &mut Findings) {
    for route in routes(scene) {
        let parents = list(&route.value, "spec.parentRefs").iter();
        let backends = list(&route.value, "spec.rules").iter().flat_map(|rule| list(rule, "backendRefs"));
        for reference in parents.chain(backends) {
            let namespace = if has(reference, "namespace") { text(reference, "namespace") } else { route.space() };
            let exists = scene.find("EgressNetwork", namespace, text(reference, "name")).is_some();
            if namespace != route.space() || !exists {
                findings.push(
                    route.finding("route-network", "it names something else than the EgressNetwork of its namespace"),
                );
            }
        }
    }
}

fn route_one_protocol(scene: &Scene<'_>, findings: &mut Findings) {
    let mut by_port: BTreeMap<(&str, Option<i64>), Vec<&Document>> = BTreeMap::new();
    for route in routes(scene) {
        by_port.entry((route.space(), port_of(route))).or_default().push(route);
    }
    for routes in by_port.values() {
        let Some((first, others)) = routes.split_first() else { continue };
        let mut hosts: BTreeSet<&str> = texts(&first.value, "spec.hostnames").into_iter().collect();
        for route in others {
            let again = texts(&route.value, "spec.hostnames").into_iter().any(|host| !hosts.insert(host));
            if route.kind != first.kind || route.kind == "TCPRoute" || again {
                let sentence = format!("{} is on the same port", first.object());
                findings.push(route.finding("route-one-protocol", sentence));
            }
        }
    }
}

fn route_opaque_port(scene: &Scene<'_>, findings: &mut Findings) {
    for route in routes(scene).filter(|route| route.kind != "TCPRoute") {
        if port_of(route).is_some_and(|port| OPAQUE_PORTS.contains(&port)) {
            findings.push(route.finding("route-opaque-port", "Linkerd denies everything but TCPRoutes on this port"));
        }
    }
}
