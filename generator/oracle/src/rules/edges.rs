//! NetworkPolicies of workloads: isolation, and the two ends of every edge.

use std::collections::BTreeMap;

use super::CrossRule;
use crate::field::{at, has, pairs};
use crate::namespace_wide::{is_for_all, is_for_proxies, is_isolation};
use crate::peers::{Caller, Peer};
use crate::scene::{Findings, Scene};
use crate::selector::selects;
use crate::traffic::{Direction, Item, PROXY_PORT, applies, items};
use crate::workload::Workload;
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "isolation",
        sentence: "every workload's pods are isolated by exactly one policy of their own",
        check: isolation,
    },
    CrossRule {
        name: "policy-selects-one",
        sentence: "a policy that is not for a whole namespace selects the pods of exactly one workload",
        check: policy_selects_one,
    },
    CrossRule {
        name: "policy-types",
        sentence: "a policy lists exactly the directions that it has rules for, unless it isolates",
        check: policy_types,
    },
    CrossRule {
        name: "edge-names-pods",
        sentence: "the peer of an edge is named by namespace and pod labels together",
        check: edge_names_pods,
    },
    CrossRule {
        name: "edge-one-peer",
        sentence: "the peer of an edge is the pods of one workload, or a peer that the oracle was told of",
        check: edge_one_peer,
    },
    CrossRule {
        name: "edge-port",
        sentence: "edges between meshed pods are on TCP 4143, or on a UDP port that the callee serves; those of a database are on its ports",
        check: edge_port,
    },
    CrossRule { name: "edge-twin", sentence: "every edge is opened at both ends", check: edge_twin },
];

/// One item of a rule of a policy that selects a workload.
struct End<'a, 'w> {
    policy: &'a Document,
    own: &'w Workload<'a>,
    direction: Direction,
    item: Item<'a>,
}

/// Every end of every edge between pods; address blocks and whole-namespace policies aside.
fn ends<'a, 'w>(scene: &'w Scene<'a>) -> Vec<End<'a, 'w>> {
    let mut ends = Vec::new();
    for policy in scene.of_kind("NetworkPolicy").iter().copied().filter(|policy| !is_for_all(policy)) {
        for own in
            scene.workloads_in(policy.space()).filter(|own| selects(at(&policy.value, "spec.podSelector"), &own.labels))
        {
            for direction in [Direction::Ingress, Direction::Egress] {
                let between_pods = items(policy, direction).into_iter().filter(|item| !has(item.peer, "ipBlock"));
                ends.extend(between_pods.map(|item| End { policy, own, direction, item }));
            }
        }
    }
    ends
}

fn targets<'w, 'a>(scene: &'w Scene<'a>, end: &End<'a, 'w>) -> Vec<&'w Workload<'a>> {
    scene.workloads.iter().filter(|other| scene.is_target(end.own, &end.item, other)).collect()
}

fn isolation(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        let policies = scene.of_kind("NetworkPolicy").iter().filter(|policy| policy.space() == workload.namespace());
        let own = policies.filter(|policy| {
            !is_for_all(policy)
                && is_isolation(policy)
                && selects(at(&policy.value, "spec.podSelector"), &workload.labels)
        });
        let count = own.count();
        if count != 1 {
            findings
                .push(workload.document.finding("isolation", format!("{count} policies isolate its pods, not one")));
        }
    }
}

fn policy_selects_one(scene: &Scene<'_>, findings: &mut Findings) {
    let for_some = |policy: &&&Document| !is_for_all(policy) && !is_for_proxies(policy);
    for policy in scene.of_kind("NetworkPolicy").iter().filter(for_some) {
        let selected = scene
            .workloads_in(policy.space())
            .filter(|own| selects(at(&policy.value, "spec.podSelector"), &own.labels));
        let count = selected.count();
        if count != 1 {
            findings.push(
                policy.finding("policy-selects-one", format!("it selects the pods of {count} workloads, not of one")),
            );
        }
    }
}

fn policy_types(scene: &Scene<'_>, findings: &mut Findings) {
    for policy in scene.of_kind("NetworkPolicy").iter().filter(|policy| !is_isolation(policy)) {
        for (direction, rules) in [(Direction::Ingress, "spec.ingress"), (Direction::Egress, "spec.egress")] {
            if applies(policy, direction) != has(&policy.value, rules) {
                let sentence = format!("`policyTypes` and the rules disagree about {}", direction.word());
                findings.push(policy.finding("policy-types", sentence));
            }
        }
    }
}

fn edge_names_pods(scene: &Scene<'_>, findings: &mut Findings) {
    for end in ends(scene) {
        let namespace = pairs(end.item.peer, "namespaceSelector.matchLabels");
        let pods = pairs(end.item.peer, "podSelector.matchLabels");
        if namespace.is_empty() || pods.is_empty() {
            findings.push(end.policy.finding("edge-names-pods", "a peer is not named by namespace and pods together"));
        }
    }
}

fn edge_one_peer(scene: &Scene<'_>, findings: &mut Findings) {
    for end in ends(scene) {
        let count = targets(scene, &end).len();
        let known = match end.direction {
            Direction::Egress => scene.peers.called.iter().any(|peer| is_called(&end.item, peer)),
            Direction::Ingress => scene
                .peers
                .callers
                .iter()
                .any(|caller| is_caller(&end.item, caller) || is_unmeshed_caller(&end.item, caller, end.own)),
        };
        if !(count == 1 && !known || count == 0 && known) {
            let sentence = format!("{}: the peer is the pods of {count} workloads of the tree", end.direction.word());
            findings.push(end.policy.finding("edge-one-peer", sentence));
        }
    }
}

/// Whether an item of an egress rule means a peer that the oracle was told of, and on its port.
pub(super) fn is_called(item: &Item<'_>, peer: &Peer) -> bool {
    let (protocol, port) =
        if peer.meshed { ("TCP", PROXY_PORT) } else { (if peer.tcp { "TCP" } else { "UDP" }, i64::from(peer.port)) };
    item.protocol == protocol && item.port == port && is_at(item, &peer.namespace, &peer.labels)
}

/// Whether an item of an ingress rule means a meshed caller that the oracle was told of.
pub(super) fn is_caller(item: &Item<'_>, caller: &Caller) -> bool {
    caller.account.is_some()
        && (item.protocol, item.port) == ("TCP", PROXY_PORT)
        && is_at(item, &caller.namespace, &caller.labels)
}

/// Whether an item of an ingress rule means a caller without a proxy that the oracle was told of, and a port that the callee serves. No
/// proxy takes datagrams: those of a meshed caller come as they are, too.
pub(super) fn is_unmeshed_caller(item: &Item<'_>, caller: &Caller, callee: &Workload<'_>) -> bool {
    (caller.account.is_none() || item.protocol == "UDP")
        && callee.served().contains(&(item.protocol, item.port))
        && is_at(item, &caller.namespace, &caller.labels)
}

pub(super) fn is_at(item: &Item<'_>, namespace: &str, labels: &BTreeMap<String, String>) -> bool {
    let pods: BTreeMap<_, _> = pairs(item.peer, "podSelector.matchLabels").into_iter().collect();
    pairs(item.peer, "namespaceSelector.matchLabels") == [("kubernetes.io/metadata.name", namespace)]
        && labels.iter().map(|(key, value)| (key.as_str(), value.as_str())).eq(pods)
}

fn edge_port(scene: &Scene<'_>, findings: &mut Findings) {
    for end in ends(scene) {
        let port = (end.item.protocol, end.item.port);
        let is_right = |other: &&Workload<'_>| {
            let callee = if end.direction == Direction::Egress { *other } else { end.own };
            if port.0 == "TCP" && scene.is_meshed(callee) {
                port.1 == PROXY_PORT
            } else {
                callee.served().contains(&port)
            }
        };
        if !targets(scene, &end).iter().all(is_right) {
            let sentence = format!("{} {} between pods of the tree", end.item.protocol, end.item.port);
            findings.push(end.policy.finding("edge-port", sentence));
        }
    }
}

fn edge_twin(scene: &Scene<'_>, findings: &mut Findings) {
    let ends = ends(scene);
    for end in &ends {
        for other in targets(scene, end) {
            let twin = ends.iter().any(|twin| {
                twin.direction != end.direction
                    && twin.own.is(other)
                    && (twin.item.protocol, twin.item.port) == (end.item.protocol, end.item.port)
                    && scene.is_target(twin.own, &twin.item, end.own)
            });
            if !twin {
                let sentence =
                    format!("{} with {} is not opened at the other end", end.direction.word(), other.document.object());
                findings.push(end.policy.finding("edge-twin", sentence));
            }
        }
    }
}
