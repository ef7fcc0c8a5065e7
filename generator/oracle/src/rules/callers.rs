//! Callers whom no identity names: pods without a proxy, and the API server.

use std::collections::BTreeSet;

use super::CrossRule;
use super::edges::is_unmeshed_caller;
use crate::field::{at, has, list, text};
use crate::scene::{Findings, Scene};
use crate::selector::selects;
use crate::traffic::{Direction, Item, items, targets};
use crate::workload::Workload;
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "ingress-block",
        sentence: "nobody is let in by address but the API server, to the port of a webhook",
        check: ingress_block,
    },
    CrossRule {
        name: "unmeshed-caller",
        sentence: "a TCP port that a caller without a proxy is let in to has an authorization of addresses, and no other port has one",
        check: unmeshed_caller,
    },
    CrossRule {
        name: "network-authentication",
        sentence: "an authentication of addresses names exactly those from which its port is opened",
        check: network_authentication,
    },
    CrossRule {
        name: "network-authentication-used",
        sentence: "every NetworkAuthentication is required by an AuthorizationPolicy",
        check: network_authentication_used,
    },
];

/// The items of the ingress rules that are about a workload's pods.
fn ingress<'a>(scene: &Scene<'a>, callee: &Workload<'_>) -> Vec<(&'a Document, Item<'a>)> {
    let own = scene.of_kind("NetworkPolicy").iter().copied().filter(|policy| policy.space() == callee.namespace());
    own.filter(|policy| selects(at(&policy.value, "spec.podSelector"), &callee.labels))
        .flat_map(|policy| items(policy, Direction::Ingress).into_iter().map(move |item| (policy, item)))
        .collect()
}

fn ingress_block(scene: &Scene<'_>, findings: &mut Findings) {
    let api_servers = scene.peers.api_servers.iter().map(|(block, _)| block);
    let blocks: BTreeSet<_> = scene.peers.node_networks.iter().chain(api_servers).collect();
    for callee in &scene.workloads {
        for (policy, item) in ingress(scene, callee).into_iter().filter(|(_, item)| has(item.peer, "ipBlock")) {
            let block = text(item.peer, "ipBlock.cidr");
            let is_api_server = blocks.iter().any(|known| *known == block) && item.protocol == "TCP";
            if !is_api_server || !super::webhooks::is_called(scene, callee, item.port) {
                let sentence = format!("{block} is let in to {} {}, which is no webhook's", item.protocol, item.port);
                findings.push(policy.finding("ingress-block", sentence));
            }
        }
    }
}

/// The address blocks from which a port is opened: those that policies name, and those of all pods where pods without a proxy call it.
fn opened(scene: &Scene<'_>, callee: &Workload<'_>, port: i64) -> BTreeSet<String> {
    let to_port: Vec<_> = ingress(scene, callee)
        .into_iter()
        .map(|(_, item)| item)
        .filter(|item| (item.protocol, item.port) == ("TCP", port))
        .collect();
    let mut blocks: BTreeSet<_> = to_port
        .iter()
        .map(|item| text(item.peer, "ipBlock.cidr").to_owned())
        .filter(|block| !block.is_empty())
        .collect();
    let unmeshed = |item: &Item<'_>| scene.peers.callers.iter().any(|caller| is_unmeshed_caller(item, caller, callee));
    if to_port.iter().any(unmeshed) {
        blocks.extend(scene.peers.pod_networks.iter().cloned());
    }
    blocks
}

fn unmeshed_caller(scene: &Scene<'_>, findings: &mut Findings) {
    for callee in scene.workloads.iter().filter(|callee| scene.is_meshed(callee)) {
        for port in callee.ports() {
            let servers = scene.servers_on(callee, port);
            let authorized = servers.into_iter().any(|server| scene.networks_of(server).next().is_some());
            if authorized == opened(scene, callee, port).is_empty() {
                let sentence = format!("the network and the mesh disagree about callers of {port} without identity");
                findings.push(callee.document.finding("unmeshed-caller", sentence));
            }
        }
    }
}

fn network_authentication(scene: &Scene<'_>, findings: &mut Findings) {
    for callee in scene.workloads.iter().filter(|callee| scene.is_meshed(callee)) {
        for port in callee.ports() {
            let opened = opened(scene, callee, port);
            let servers = scene.servers_on(callee, port);
            let named: BTreeSet<_> = servers
                .into_iter()
                .flat_map(|server| scene.networks_of(server))
                .flat_map(|authentication| list(&authentication.value, "spec.networks"))
                .map(|network| text(network, "cidr").to_owned())
                .collect();
            if named != opened {
                let sentence = format!("port {port} is opened from {opened:?}, and authorized from {named:?}");
                findings.push(callee.document.finding("network-authentication", sentence));
            }
        }
    }
}

fn network_authentication_used(scene: &Scene<'_>, findings: &mut Findings) {
    for authentication in scene.of_kind("NetworkAuthentication") {
        let used = scene.of_kind("Server").iter().any(|server| {
            scene.of_kind("AuthorizationPolicy").iter().any(|policy| {
                policy.space() == server.space()
                    && targets(policy, server)
                    && list(&policy.value, "spec.requiredAuthenticationRefs").iter().any(|required| {
                        scene.required(policy, required).is_some_and(|found| std::ptr::eq(found, *authentication))
                    })
            })
        });
        if !used {
            findings.push(authentication.finding("network-authentication-used", "no AuthorizationPolicy requires it"));
        }
    }
}
