//! What is outside of the cluster: ports of the internet, published ranges, devices of the network around the cluster.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use casemate_dsl::Networks;
use k8s_openapi::api::networking::v1::{NetworkPolicyEgressRule, NetworkPolicyPort};

use super::rule::{addresses, tcp, udp};
use crate::graph::{Facts, Outside, Service, WEB_PAGES};

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

/// Hosts have no addresses that could be known here: the policy opens the port to the internet, and the mesh judges the name. What is
/// known by its address gets a rule of its own.
pub(super) fn outside(facts: &Facts, service: &Service) -> Vec<NetworkPolicyEgressRule> {
    let (mut over_tcp, mut over_udp) = (BTreeSet::new(), BTreeSet::new());
    let mut known: BTreeMap<(u16, String), (BTreeSet<u16>, BTreeSet<u16>)> = BTreeMap::new();
    for outside in &service.outside {
        match *outside {
            Outside::Host { port, host: _, protocol: _ } | Outside::Below { port, hosts: _, reason: _ } => {
                over_tcp.insert(port);
            }
            Outside::AnyWebPage { reason: _ } => over_tcp.extend(WEB_PAGES),
            Outside::Udp { port, host: _ } => {
                over_udp.insert(port);
            }
            Outside::UdpRange { port, network } => {
                known.entry((port, network.to_string())).or_default().1.insert(port);
            }
            Outside::Lan { port, address, udp, reason: _ } => {
                let (over_tcp, over_udp) = known.entry((port, format!("{address}/32"))).or_default();
                if udp {
                    over_udp.insert(port)
                } else {
                    over_tcp.insert(port)
                };
            }
        }
    }
    let ports = |over_tcp: BTreeSet<u16>, over_udp: BTreeSet<u16>| -> Vec<NetworkPolicyPort> {
        over_tcp.into_iter().map(tcp).chain(over_udp.into_iter().map(udp)).collect()
    };
    let internet = ports(over_tcp, over_udp);
    let internet = (!internet.is_empty()).then(|| NetworkPolicyEgressRule {
        to: Some(vec![addresses("0.0.0.0/0".to_owned(), &not_outside(facts.kubernetes.networks))]),
        ports: Some(internet),
    });
    let known = known.into_iter().map(|((_, block), (over_tcp, over_udp))| NetworkPolicyEgressRule {
        to: Some(vec![addresses(block, &[])]),
        ports: Some(ports(over_tcp, over_udp)),
    });
    internet.into_iter().chain(known).collect()
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
pub(crate) fn contains(outer: &str, inner: &str) -> bool {
    let parsed = |block: &str| -> Option<(u32, u32)> {
        let (address, length) = block.split_once('/')?;
        Some((address.parse::<Ipv4Addr>().ok()?.to_bits(), length.parse().ok()?))
    };
    let (Some((outer, length)), Some((inner, inner_length))) = (parsed(outer), parsed(inner)) else { return false };
    let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
    length <= inner_length && outer & mask == inner & mask
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
