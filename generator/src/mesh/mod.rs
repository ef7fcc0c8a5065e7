//! Layer 2 of the security model, the service mesh: who may call which port, and which hosts the namespace may reach.

mod egress;
mod inbound;
mod proxies;

use std::collections::BTreeMap;

use crate::graph::Facts;
use crate::resolve::PLACEHOLDER_DIGEST;

pub(crate) use egress::of_namespace;
pub(crate) use inbound::of_service;
pub(crate) use proxies::{PROXY_ADMIN, injected, metrics};

/// The group of Linkerd's policy resources.
const POLICY: &str = "policy.linkerd.io";

/// The settings that Casemate writes, all of them.
pub(crate) const SETTINGS: [&str; 6] = [
    "config.linkerd.io/access-log",
    "config.linkerd.io/default-inbound-policy",
    "config.linkerd.io/proxy-cpu-request",
    "config.linkerd.io/proxy-memory-limit",
    "config.linkerd.io/proxy-memory-request",
    "config.linkerd.io/proxy-version",
];

/// The release of the proxy, with its digest or with the marked placeholder.
pub(crate) fn proxy_version(facts: &Facts) -> String {
    let proxy = facts.linkerd.proxy;
    if proxy.awaits_digest() { format!("{}@{PLACEHOLDER_DIGEST}", proxy.as_str()) } else { proxy.as_str().to_owned() }
}

/// What the injector reads of a pod: injection, deny by default, and the proxy's image and resources, so that an injected pod is
/// pinned and limited like its own containers.
pub(crate) fn pod_annotations(facts: &Facts) -> BTreeMap<String, String> {
    let resources = facts.linkerd.proxy_resources;
    let mut annotations: BTreeMap<String, String> = [
        ("linkerd.io/inject", "enabled".to_owned()),
        ("config.linkerd.io/default-inbound-policy", "deny".to_owned()),
        ("config.linkerd.io/proxy-version", proxy_version(facts)),
        ("config.linkerd.io/proxy-cpu-request", resources.cpu.to_string()),
        ("config.linkerd.io/proxy-memory-request", resources.memory.to_string()),
        ("config.linkerd.io/proxy-memory-limit", resources.memory_limit.to_string()),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect();
    if facts.observability.as_ref().is_some_and(|watched| watched.access_logs) {
        annotations.insert("config.linkerd.io/access-log".to_owned(), "json".to_owned());
    }
    annotations
}

/// What a namespace says to the injector, for pods that say nothing themselves.
pub(crate) fn namespace_annotations() -> BTreeMap<String, String> {
    BTreeMap::from([
        ("config.linkerd.io/default-inbound-policy".to_owned(), "deny".to_owned()),
        ("linkerd.io/inject".to_owned(), "enabled".to_owned()),
    ])
}
