//! What the proxies of a namespace tell: their metrics, which are read, and their traces, which they send.

use casemate_dsl::view::PeerMesh;
use k8s_openapi::api::networking::v1::{NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicySpec};

use super::edges::CallerOf;
use super::rule::{PROXY_INBOUND, egress, ingress, label, pods_of, tcp};
use crate::graph::{Facts, Observability, PeerCaller, PeerNode};
use crate::mesh::{self, PROXY_ADMIN};

/// The policies of all pods of a namespace that have a proxy, by name.
pub(super) fn policies(facts: &Facts) -> Vec<(&'static str, NetworkPolicySpec)> {
    let Some(Observability { scraper, collector: _, collector_http: _, access_logs: _, proxy_traces }) =
        &facts.observability
    else {
        return Vec::new();
    };
    let injected = || Some(mesh::injected(facts));
    let mut policies = vec![("proxy-metrics", ingress(injected(), vec![metrics(facts, scraper)]))];
    policies.extend(proxy_traces.as_ref().map(|to| ("proxy-traces", egress(injected(), vec![traces(to)]))));
    policies
}

/// The proxy does not take its own metrics' port for an application's: a meshed scraper can come either way.
fn metrics(facts: &Facts, scraper: &PeerCaller) -> NetworkPolicyIngressRule {
    let ports = match scraper.mesh {
        PeerMesh::Meshed { account: _ } => vec![tcp(PROXY_INBOUND), tcp(PROXY_ADMIN)],
        PeerMesh::Unmeshed { reason: _ } => vec![tcp(PROXY_ADMIN)],
    };
    NetworkPolicyIngressRule { from: Some(CallerOf::Peer(scraper).pods(facts)), ports: Some(ports) }
}

/// A proxy's own connections do not pass it: they go to the port of the collector's pods.
fn traces(collector: &PeerNode) -> NetworkPolicyEgressRule {
    let PeerNode { namespace, service: _, port: _, pod_port, protocol: _, labels, mesh: _ } = collector;
    let to = pods_of(namespace.as_str(), labels.iter().copied().map(label).collect());
    NetworkPolicyEgressRule { to: Some(vec![to]), ports: Some(vec![tcp(*pod_port)]) }
}
