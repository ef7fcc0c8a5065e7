//! The three policies that every namespace of ours has for all of its pods.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::field::{at, has, list, number, pairs, text, texts};
use crate::peers::Dns;
use crate::selector::selects_everything;
use crate::world::Document;

/// Whether a policy selects every pod of its namespace.
pub(crate) fn is_for_all(policy: &Document) -> bool {
    selects_everything(at(&policy.value, "spec.podSelector"))
}

/// Whether a NetworkPolicy or a Server is for all pods of its namespace that have a proxy, which the injector labels.
pub(crate) fn is_for_proxies(document: &Document) -> bool {
    matches!(pairs(&document.value, "spec.podSelector.matchLabels").as_slice(), [("linkerd.io/control-plane-ns", _)])
}

/// Whether a policy shuts both directions and opens nothing.
pub(crate) fn is_isolation(policy: &Document) -> bool {
    let types = texts(&policy.value, "spec.policyTypes");
    ["Ingress", "Egress"].iter().all(|direction| types.contains(direction))
        && !has(&policy.value, "spec.ingress")
        && !has(&policy.value, "spec.egress")
}

/// Whether a policy opens these pods of DNS, and nothing else, to every pod.
pub(crate) fn is_dns(policy: &Document, dns: &Dns) -> bool {
    let is_pods = |peer: &Value| {
        is_of(peer, &dns.namespace)
            && dns.labels.iter().map(|(key, value)| (key.as_str(), value.as_str())).eq(labels_of(peer))
    };
    let is_cache = |peer: &Value| {
        has(peer, "ipBlock")
            && !has(peer, "ipBlock.except")
            && at(peer, "ipBlock.cidr").as_str() == dns.node_local.as_deref()
    };
    let peers = |to: &[Value]| {
        to.iter().any(is_pods)
            && to.iter().all(|peer| is_pods(peer) || is_cache(peer))
            && dns.node_local.is_some() == to.iter().any(is_cache)
    };
    opens(policy, peers, DNS)
}

/// Whether a policy opens Linkerd's control plane, and nothing else, to every pod.
pub(crate) fn is_linkerd(policy: &Document, namespace: &str) -> bool {
    let is_control_plane = |peer: &Value| is_of(peer, namespace) && !has(peer, "podSelector");
    opens(policy, |to| matches!(to, [one] if is_control_plane(one)), CONTROL_PLANE)
}

/// Whether a policy opens to every pod what each of them needs, wherever that is in the cluster.
pub(crate) fn is_for_every_pod(policy: &Document) -> bool {
    let anywhere = |to: &[Value]| !to.is_empty();
    opens(policy, anywhere, DNS) || opens(policy, anywhere, CONTROL_PLANE)
}

const DNS: &[(&str, i64)] = &[("TCP", 53), ("UDP", 53)];

/// A proxy's way in, and identity, destination and policy.
const CONTROL_PLANE: &[(&str, i64)] = &[("TCP", 4143), ("TCP", 8080), ("TCP", 8086), ("TCP", 8090)];

fn labels_of(peer: &Value) -> BTreeMap<&str, &str> {
    pairs(peer, "podSelector.matchLabels").into_iter().collect()
}

fn opens(policy: &Document, peers: impl Fn(&[Value]) -> bool, ports: &[(&str, i64)]) -> bool {
    let rules = list(&policy.value, "spec.egress");
    let are_open = |rule: &Value| {
        let found = list(rule, "ports").iter();
        let mut found: Vec<_> =
            found.map(|port| (text(port, "protocol"), number(port, "port").unwrap_or_default())).collect();
        found.sort_unstable();
        found == ports && !list(rule, "to").is_empty()
    };
    let to: Vec<_> = rules.iter().flat_map(|rule| list(rule, "to")).cloned().collect();
    is_for_all(policy)
        && texts(&policy.value, "spec.policyTypes") == ["Egress"]
        && !has(&policy.value, "spec.ingress")
        && rules.iter().all(are_open)
        && peers(&to)
}

fn is_of(peer: &Value, namespace: &str) -> bool {
    !has(peer, "ipBlock")
        && pairs(peer, "namespaceSelector.matchLabels") == [("kubernetes.io/metadata.name", namespace)]
}
