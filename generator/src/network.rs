//! Network policies: every namespace is shut, and each declared edge opens exactly its own way, at both ends.
//!
//! Between meshed pods all traffic arrives at the proxy's port 4143, whatever port was called: these policies judge pairs of pods,
//! and `mesh` judges ports. To an unmeshed peer the proxy dials the pods' own port.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use casemate_dsl::Networks;
use casemate_dsl::view::PeerMesh;
use casemate_dsl::word::{Label, Namespace};
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort,
    NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::graph::{Callee, Edge, Facts, Graph, Id, Outside, PeerNode, Service};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};

/// Where a proxy takes traffic of other proxies.
const PROXY_INBOUND: u16 = 4143;

/// Linkerd's control plane: its own proxies, identity, destination, policy.
const CONTROL_PLANE: [u16; 4] = [PROXY_INBOUND, 8080, 8086, 8090];

/// All of IPv4 but what is not the internet: private, shared, loopback, link-local (cloud metadata), multicast and reserved.
const NOT_OUTSIDE: [&str; 8] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "224.0.0.0/3",
];

/// The policies of a namespace: shut, but for DNS and the mesh.
pub(crate) fn of_namespace(graph: &Graph, namespace: Namespace, place: &Place) -> Vec<Manifest> {
    let policy = |name: &str, spec: NetworkPolicySpec| {
        place.manifest(&NetworkPolicy {
            metadata: meta::of_namespace(namespace, name, Wave::Fence, Treatment::Plain),
            spec: Some(spec),
        })
    };
    let everyone = Some(LabelSelector::default());
    vec![
        policy(
            "default-deny",
            NetworkPolicySpec {
                pod_selector: everyone.clone(),
                policy_types: Some(both()),
                ..NetworkPolicySpec::default()
            },
        ),
        policy("dns", egress(everyone.clone(), dns(&graph.cluster))),
        policy("linkerd", egress(everyone, vec![control_plane(&graph.cluster)])),
    ]
}

/// The policies of a service: shut by itself, and open for each of its edges.
pub(crate) fn of_service(graph: &Graph, service: &Service, edges: &EdgesOf<'_>, place: &Place) -> Vec<Manifest> {
    let id = service.id;
    let policy = |name: String, spec: NetworkPolicySpec| {
        place.manifest(&NetworkPolicy { metadata: metadata(id, name), spec: Some(spec) })
    };
    let pods = || Some(meta::selector(id));
    let shut = NetworkPolicySpec { pod_selector: pods(), policy_types: Some(both()), ..NetworkPolicySpec::default() };
    let mut policies = vec![policy(id.name.to_string(), shut)];
    for (name, rule) in outgoing(id, edges) {
        policies.push(policy(name, egress(pods(), vec![rule])));
    }
    for caller in edges.callers.keys() {
        let rule =
            NetworkPolicyIngressRule { from: Some(vec![of_ours(*caller)]), ports: Some(vec![tcp(PROXY_INBOUND)]) };
        let spec = NetworkPolicySpec {
            pod_selector: pods(),
            policy_types: Some(vec!["Ingress".to_owned()]),
            ingress: Some(vec![rule]),
            egress: None,
        };
        policies.push(policy(format!("{}-from-{}.{}", id.name, caller.namespace, caller.name), spec));
    }
    if !service.grants.is_empty() {
        policies.push(policy(format!("{}-to-apiserver", id.name), egress(pods(), api_servers(&graph.cluster))));
    }
    let outside = outside(&graph.cluster, service);
    if !outside.is_empty() {
        policies.push(policy(format!("{}-to-outside", id.name), egress(pods(), outside)));
    }
    policies
}

/// The edges of one service.
#[derive(Debug, Default)]
pub(crate) struct EdgesOf<'a> {
    /// What it calls.
    pub(crate) callees: Vec<&'a Callee>,
    /// Who calls it, and on which ports.
    pub(crate) callers: BTreeMap<Id, BTreeSet<u16>>,
}

/// The edges of each service.
pub(crate) fn edges_of(graph: &Graph) -> BTreeMap<Id, EdgesOf<'_>> {
    let mut edges: BTreeMap<Id, EdgesOf<'_>> = graph.services.keys().map(|id| (*id, EdgesOf::default())).collect();
    for Edge { from, to } in &graph.edges {
        edges.entry(*from).or_default().callees.push(to);
        if let Callee::Service { id, port, protocol: _ } = to {
            edges.entry(*id).or_default().callers.entry(*from).or_default().insert(*port);
        }
    }
    edges
}

fn metadata(id: Id, name: String) -> ObjectMeta {
    meta::of_service(id, name, Wave::Foundation, Treatment::Plain)
}

fn both() -> Vec<String> {
    vec!["Ingress".to_owned(), "Egress".to_owned()]
}

fn egress(pod_selector: Option<LabelSelector>, rules: Vec<NetworkPolicyEgressRule>) -> NetworkPolicySpec {
    NetworkPolicySpec {
        pod_selector,
        policy_types: Some(vec!["Egress".to_owned()]),
        egress: Some(rules),
        ingress: None,
    }
}

fn port(number: u16, protocol: &str) -> NetworkPolicyPort {
    NetworkPolicyPort {
        port: Some(IntOrString::Int(i32::from(number))),
        protocol: Some(protocol.to_owned()),
        end_port: None,
    }
}

fn tcp(number: u16) -> NetworkPolicyPort {
    port(number, "TCP")
}

/// Namespace *and* pods in one peer: two peers would mean the whole namespace, or such pods anywhere.
fn pods_of(namespace: &str, labels: BTreeMap<String, String>) -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        namespace_selector: Some(named(namespace)),
        pod_selector: Some(LabelSelector { match_labels: Some(labels), ..LabelSelector::default() }),
        ip_block: None,
    }
}

/// A namespace by the label that Kubernetes sets itself: any other could be forged.
fn named(namespace: &str) -> LabelSelector {
    LabelSelector {
        match_labels: Some(BTreeMap::from([("kubernetes.io/metadata.name".to_owned(), namespace.to_owned())])),
        ..LabelSelector::default()
    }
}

fn of_ours(id: Id) -> NetworkPolicyPeer {
    pods_of(id.namespace.as_str(), BTreeMap::from([(meta::NAME_LABEL.to_owned(), id.name.to_string())]))
}

fn addresses(cidr: String, except: &[&str]) -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        ip_block: Some(IPBlock {
            cidr,
            except: Some(except.iter().map(ToString::to_string).collect()).filter(|list: &Vec<_>| !list.is_empty()),
        }),
        ..NetworkPolicyPeer::default()
    }
}

fn dns(facts: &Facts) -> Vec<NetworkPolicyEgressRule> {
    let dns = facts.kubernetes.dns;
    let ports = || Some(vec![port(53, "UDP"), tcp(53)]);
    let labels = BTreeMap::from([label(dns.label)]);
    let mut rules =
        vec![NetworkPolicyEgressRule { to: Some(vec![pods_of(dns.namespace.as_str(), labels)]), ports: ports() }];
    rules.extend(dns.node_local.map(|address| NetworkPolicyEgressRule {
        to: Some(vec![addresses(format!("{address}/32"), &[])]),
        ports: ports(),
    }));
    rules
}

fn label(label: Label) -> (String, String) {
    (label.key().to_owned(), label.value().to_owned())
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

/// The rules of a service's calls, by the name of the policy: one for each callee, whatever the number of its ports.
fn outgoing(id: Id, edges: &EdgesOf<'_>) -> BTreeMap<String, NetworkPolicyEgressRule> {
    let mut peers: BTreeMap<String, (NetworkPolicyPeer, BTreeSet<u16>)> = BTreeMap::new();
    for callee in &edges.callees {
        let (namespace, name, peer, number) = match callee {
            Callee::Service { id, .. } => (id.namespace.as_str(), id.name.as_str(), of_ours(*id), PROXY_INBOUND),
            Callee::Peer(PeerNode { namespace, service, port: _, pod_port, labels, mesh }) => {
                let number = match mesh {
                    PeerMesh::Meshed { account: _ } => PROXY_INBOUND,
                    PeerMesh::Unmeshed { reason: _ } => *pod_port,
                };
                let labels = labels.iter().copied().map(label).collect();
                (namespace.as_str(), service.as_str(), pods_of(namespace.as_str(), labels), number)
            }
        };
        let policy = format!("{}-to-{namespace}.{name}", id.name);
        peers.entry(policy).or_insert_with(|| (peer, BTreeSet::new())).1.insert(number);
    }
    peers
        .into_iter()
        .map(|(policy, (peer, ports))| {
            let ports = ports.into_iter().map(tcp).collect();
            (policy, NetworkPolicyEgressRule { to: Some(vec![peer]), ports: Some(ports) })
        })
        .collect()
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

/// What is never outside: what no cluster is outside of, and this cluster's own networks, where they are public addresses.
fn not_outside(networks: Networks) -> Vec<&'static str> {
    let Networks { pods, services, nodes } = networks;
    let mut blocks = NOT_OUTSIDE.to_vec();
    for own in [pods, services, nodes] {
        if !blocks.iter().any(|block| contains(block, own.as_str())) {
            blocks.push(own.as_str());
        }
    }
    blocks
}

/// Whether every address of the block `inner` is one of the block `outer`.
fn contains(outer: &str, inner: &str) -> bool {
    let parsed = |block: &str| -> Option<(u32, u32)> {
        let (address, length) = block.split_once('/')?;
        Some((address.parse::<Ipv4Addr>().ok()?.to_bits(), length.parse().ok()?))
    };
    let (Some((outer, length)), Some((inner, inner_length))) = (parsed(outer), parsed(inner)) else { return false };
    let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
    length <= inner_length && outer & mask == inner & mask
}

/// Hosts have no addresses that could be known here: the policy opens the port to the internet, and the mesh judges the name.
fn outside(facts: &Facts, service: &Service) -> Vec<NetworkPolicyEgressRule> {
    let mut hosts: BTreeSet<u16> = BTreeSet::new();
    let mut ranges: BTreeMap<(u16, &str), NetworkPolicyEgressRule> = BTreeMap::new();
    for outside in &service.outside {
        match outside {
            Outside::Host { port, host: _, protocol: _ } => {
                hosts.insert(*port);
            }
            Outside::UdpRange { port: number, network } => {
                let rule = NetworkPolicyEgressRule {
                    to: Some(vec![addresses(network.to_string(), &[])]),
                    ports: Some(vec![port(*number, "UDP")]),
                };
                ranges.insert((*number, network.as_str()), rule);
            }
        }
    }
    let internet = (!hosts.is_empty()).then(|| NetworkPolicyEgressRule {
        to: Some(vec![addresses("0.0.0.0/0".to_owned(), &not_outside(facts.kubernetes.networks))]),
        ports: Some(hosts.into_iter().map(tcp).collect()),
    });
    internet.into_iter().chain(ranges.into_values()).collect()
}

#[cfg(test)]
mod tests {
    use casemate_dsl::cidr;

    use super::*;

    fn networks(pods: casemate_dsl::word::Cidr) -> Networks {
        Networks { pods, services: cidr!("10.43.0.0/16"), nodes: cidr!("192.168.1.0/24") }
    }

    #[test]
    fn private_networks_are_never_outside() {
        assert_eq!(not_outside(networks(cidr!("10.42.0.0/16"))), NOT_OUTSIDE);
    }

    #[test]
    fn the_cluster_s_own_networks_are_never_outside() {
        let blocks = not_outside(networks(cidr!("44.0.0.0/16")));
        assert_eq!(blocks.last(), Some(&"44.0.0.0/16"));
        assert_eq!(blocks.len(), NOT_OUTSIDE.len() + 1);
    }

    #[test]
    fn a_block_holds_itself_and_what_is_smaller() {
        for (outer, inner, held) in [
            ("10.0.0.0/8", "10.0.0.0/8", true),
            ("10.0.0.0/8", "10.255.0.0/16", true),
            ("10.0.0.0/8", "11.0.0.0/16", false),
            ("10.0.0.0/8", "8.0.0.0/6", false),
            ("224.0.0.0/3", "255.255.255.255/32", true),
        ] {
            assert_eq!(contains(outer, inner), held, "{outer} {inner}");
        }
    }
}
