//! Network policies: every namespace is shut, and each declared edge opens exactly its own way, at both ends.
//!
//! Between meshed pods all TCP traffic arrives at the proxy's port 4143, whatever port was called: these policies judge pairs of pods,
//! and `mesh` judges ports. To and from an unmeshed peer it is the pods' own port, and UDP passes the mesh by.

mod database;
mod edges;
mod outside;
mod proxies;
mod rule;

use casemate_dsl::word::Namespace;
use k8s_openapi::api::networking::v1::{
    NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use crate::graph::{Facts, Graph, NamespaceNode, Service};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};
use rule::{PROXY_INBOUND, addresses, both, egress, ingress, label, named, pods_of, tcp, udp};

pub(crate) use database::{OPERATOR as DATABASE_OPERATOR, STATUS as DATABASE_STATUS};
pub(crate) use edges::{CallerOf, EdgesOf, api_servers as addresses_of_api_servers, edges_of};
pub(crate) use outside::contains;

/// Linkerd's control plane: its own proxies, identity, destination, policy.
const CONTROL_PLANE: [u16; 4] = [PROXY_INBOUND, 8080, 8086, 8090];

/// The policies of a namespace: shut, but for DNS and the mesh; and those of what an operator runs in it.
pub(crate) fn of_namespace(graph: &Graph, namespace: Namespace, node: &NamespaceNode, place: &Place) -> Vec<Manifest> {
    let in_wave = |wave: Wave, name: &str, spec: NetworkPolicySpec| {
        place.manifest(&NetworkPolicy {
            metadata: meta::of_namespace(namespace, name, wave, Treatment::Plain),
            spec: Some(spec),
        })
    };
    let policy = |name: &str, spec: NetworkPolicySpec| in_wave(Wave::Fence, name, spec);
    let mut policies = vec![
        policy("default-deny", shut()),
        policy("dns", dns_only(&graph.cluster)),
        policy("linkerd", egress(Some(LabelSelector::default()), vec![control_plane(&graph.cluster)])),
    ];
    let of_proxies = proxies::policies(&graph.cluster).into_iter();
    policies.extend(of_proxies.map(|(name, spec)| in_wave(Wave::Foundation, name, spec)));
    for (name, database) in &node.databases {
        let specs = database::policies(&graph.cluster, namespace, *name, database);
        policies.extend(specs.into_iter().map(|(name, spec)| in_wave(Wave::Foundation, &name, spec)));
    }
    policies
}

/// What shuts every pod of a namespace.
pub(crate) fn shut() -> NetworkPolicySpec {
    NetworkPolicySpec {
        pod_selector: Some(LabelSelector::default()),
        policy_types: Some(both()),
        ..NetworkPolicySpec::default()
    }
}

/// What opens DNS to every pod of a namespace.
fn dns_only(facts: &Facts) -> NetworkPolicySpec {
    let dns = facts.kubernetes.dns;
    let node_local = dns.node_local.map(|address| address.to_string());
    dns_alone(dns.namespace.as_str(), label(dns.label), node_local.as_deref())
}

/// The same, of a DNS that these pods and this address answer for.
pub(crate) fn dns_alone(namespace: &str, label: (String, String), node_local: Option<&str>) -> NetworkPolicySpec {
    let ports = || Some(vec![udp(53), tcp(53)]);
    let mut rules =
        vec![NetworkPolicyEgressRule { to: Some(vec![pods_of(namespace, [label].into())]), ports: ports() }];
    rules.extend(node_local.map(|address| NetworkPolicyEgressRule {
        to: Some(vec![addresses(format!("{address}/32"), &[])]),
        ports: ports(),
    }));
    egress(Some(LabelSelector::default()), rules)
}

/// The policies of a service: shut by itself, and open for each of its edges.
pub(crate) fn of_service(graph: &Graph, service: &Service, edges: &EdgesOf<'_>, place: &Place) -> Vec<Manifest> {
    let id = service.id;
    let policy = |name: String, spec: NetworkPolicySpec| {
        place.manifest(&NetworkPolicy {
            metadata: meta::of_service(id, name, Wave::Foundation, Treatment::Plain),
            spec: Some(spec),
        })
    };
    let pods = || Some(meta::selector(id));
    let shut = NetworkPolicySpec { pod_selector: pods(), policy_types: Some(both()), ..NetworkPolicySpec::default() };
    let mut policies = vec![policy(id.name.to_string(), shut)];
    for (name, rule) in edges::outgoing(id, edges) {
        policies.push(policy(name, egress(pods(), vec![rule])));
    }
    for (caller, called) in &edges.callers {
        let rule =
            NetworkPolicyIngressRule { from: Some(caller.pods(&graph.cluster)), ports: Some(called.ports(*caller)) };
        policies.push(policy(format!("{}-from-{}", id.name, caller.name()), ingress(pods(), vec![rule])));
    }
    if !service.grants.is_empty() {
        policies.push(policy(format!("{}-to-apiserver", id.name), egress(pods(), api_servers(&graph.cluster))));
    }
    let outside = outside::outside(&graph.cluster, service);
    if !outside.is_empty() {
        policies.push(policy(format!("{}-to-outside", id.name), egress(pods(), outside)));
    }
    policies
}

fn control_plane(facts: &Facts) -> NetworkPolicyEgressRule {
    NetworkPolicyEgressRule {
        to: Some(vec![NetworkPolicyPeer {
            namespace_selector: Some(named(facts.linkerd.namespace.as_str())),
            ..NetworkPolicyPeer::default()
        }]),
        ports: Some(CONTROL_PLANE.iter().map(|number| tcp(*number)).collect()),
    }
}

/// The proxy dials the API server's own addresses, not its Service's.
fn api_servers(facts: &Facts) -> Vec<NetworkPolicyEgressRule> {
    facts
        .kubernetes
        .api_servers
        .iter()
        .map(|(address, number)| NetworkPolicyEgressRule {
            to: Some(vec![addresses(format!("{address}/32"), &[])]),
            ports: Some(vec![tcp(number.number())]),
        })
        .collect()
}
