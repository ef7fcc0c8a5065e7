//! The three policies that every namespace of ours has for all of its pods.

use serde_json::Value;

use crate::field::{at, has, list, number, pairs, text, texts};
use crate::selector::selects_everything;
use crate::world::Document;

/// Whether a policy selects every pod of its namespace.
pub(crate) fn is_for_all(policy: &Document) -> bool {
    selects_everything(at(&policy.value, "spec.podSelector"))
}

/// Whether a policy shuts both directions and opens nothing.
pub(crate) fn is_isolation(policy: &Document) -> bool {
    let types = texts(&policy.value, "spec.policyTypes");
    ["Ingress", "Egress"].iter().all(|direction| types.contains(direction))
        && !has(&policy.value, "spec.ingress")
        && !has(&policy.value, "spec.egress")
}

/// Whether a policy opens DNS, and nothing else, to every pod. The block is that of a node-local cache.
pub(crate) fn is_dns(policy: &Document, is_cache: impl Fn(&str) -> bool) -> bool {
    let peers = |to: &[Value]| {
        to.iter().any(|peer| selects_pods(peer, "kube-system", &[("k8s-app", "kube-dns")]))
            && to.iter().all(|peer| {
                selects_pods(peer, "kube-system", &[("k8s-app", "kube-dns")])
                    || (!has(peer, "ipBlock.except") && is_cache(text(peer, "ipBlock.cidr")))
            })
    };
    opens(policy, peers, &[("TCP", 53), ("UDP", 53)])
}

/// Whether a policy opens Linkerd's control plane, and nothing else, to every pod.
pub(crate) fn is_linkerd(policy: &Document) -> bool {
    let peers = |to: &[Value]| to.len() == 1 && to.iter().all(|peer| selects_pods(peer, "linkerd", &[]));
    opens(policy, peers, &[("TCP", 4143), ("TCP", 8080), ("TCP", 8086), ("TCP", 8090)])
}

fn opens(policy: &Document, peers: impl Fn(&[Value]) -> bool, ports: &[(&str, i64)]) -> bool {
    let rules = list(&policy.value, "spec.egress");
    let [rule] = rules else { return false };
    let mut found: Vec<_> = list(rule, "ports")
        .iter()
        .map(|port| (text(port, "protocol"), number(port, "port").unwrap_or_default()))
        .collect();
    found.sort_unstable();
    is_for_all(policy)
        && texts(&policy.value, "spec.policyTypes") == ["Egress"]
        && !has(&policy.value, "spec.ingress")
        && found == ports
        && peers(list(rule, "to"))
}

fn selects_pods(peer: &Value, namespace: &str, labels: &[(&str, &str)]) -> bool {
    !has(peer, "ipBlock")
        && pairs(peer, "namespaceSelector.matchLabels") == [("kubernetes.io/metadata.name", namespace)]
        && pairs(peer, "podSelector.matchLabels") == labels
}
