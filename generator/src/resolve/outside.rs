//! What services reach outside of the cluster: outside indeed, and in one way on each port of a namespace.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::ClusterNetworks;
use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{self, External, ExternalProtocol};
use casemate_dsl::word::{Host, Ip, Namespace};

use super::finding::Findings;
use super::service::Resolved;
use crate::graph::{Facts, Id, Outside, WEB_PAGES};
use crate::network::contains;

/// The ports that Linkerd takes for opaque unless told otherwise: on those it looks for no host. *Linkerd, TCP proxying*.
const OPAQUE_PORTS: &[u16] = &[25, 587, 3306, 4444, 5432, 6379, 9300, 11211];

/// What is left of the longest name of a file for a host, in `httproute-egress-65535-<host>.yaml`.
const HOST_LIMIT: usize = 208;

/// Where a device of the network around a cluster has its address. *RFC 1918*.
const PRIVATE: [&str; 3] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/// What is reached, as the graph holds it.
pub(super) fn reached(external: Said<External>) -> Said<Outside> {
    let Said { what: External { what, seal: _ }, at } = external;
    let what = match what {
        view::Outside::Host { host, port, protocol } => Outside::Host { port: port.number(), host, protocol },
        view::Outside::Below { hosts, port, reason } => Outside::Below { port: port.number(), hosts, reason },
        view::Outside::AnyWebPage { reason } => Outside::AnyWebPage { reason },
        view::Outside::Lan { address, port, udp, reason } => Outside::Lan { port: port.number(), address, udp, reason },
        view::Outside::Udp { host, port } => Outside::Udp { port: port.number(), host },
    };
    Said { what, at }
}

/// Whether one thing that a service reaches is contained in another: hosts on the ports of web pages, where it reaches any of them.
pub(super) fn is_contained(outside: &Outside, all: &BTreeSet<Outside>) -> bool {
    let port = match *outside {
        Outside::Host { port, host: _, protocol: _ } | Outside::Below { port, hosts: _, reason: _ } => port,
        Outside::AnyWebPage { reason: _ }
        | Outside::Lan { port: _, address: _, udp: _, reason: _ }
        | Outside::Udp { port: _, host: _ }
        | Outside::UdpRange { port: _, network: _ } => return false,
    };
    WEB_PAGES.contains(&port) && all.iter().any(|other| matches!(other, Outside::AnyWebPage { reason: _ }))
}

/// How each port is used in each namespace: the protocol, and who said so first.
#[derive(Debug, Default)]
pub(super) struct Uses(BTreeMap<(Namespace, u16), (ExternalProtocol, Id, Place)>);

/// Checks what a service reaches.
pub(super) fn check(findings: &mut Findings, facts: &Facts, uses: &mut Uses, id: Id, resolved: &Resolved) {
    for Said { what, at } in &resolved.reached {
        let contained = is_contained(what, &resolved.service.outside);
        match *what {
            Outside::Host { port, host, protocol } => {
                check_host(findings, facts, id, port, host.as_str(), at);
                if !contained {
                    check_opaque(findings, id, port, protocol, host, at);
                    uses.add(findings, id, port, protocol, &host.to_string(), at);
                }
            }
            Outside::Below { port, hosts, reason: _ } => {
                check_host(findings, facts, id, port, hosts.domain(), at);
                if !contained {
                    uses.add(findings, id, port, ExternalProtocol::Tls, hosts.as_str(), at);
                }
            }
            Outside::AnyWebPage { reason: _ } => {
                for port in WEB_PAGES {
                    uses.add(findings, id, port, ExternalProtocol::Tcp, "any web page", at);
                }
            }
            Outside::Lan { port, address, udp, reason: _ } => {
                check_device(findings, facts, id, address, at);
                if !udp {
                    check_networks(findings, facts, id, address, at);
                    uses.add(findings, id, port, ExternalProtocol::Tcp, address.as_str(), at);
                }
            }
            Outside::Udp { port, host } => check_host(findings, facts, id, port, host.as_str(), at),
            // Only the tunnel has such a range.
            Outside::UdpRange { port: _, network: _ } => {}
        }
    }
}

/// A host is outside of the cluster, and its route can be named after it.
fn check_host(findings: &mut Findings, facts: &Facts, id: Id, port: u16, host: &str, at: Place) {
    if facts.is_within(host) {
        let wrong = format!("reaches {host}, which is within the cluster");
        findings.add(id, at, wrong, "call the port that the service or the peer declares: `.calls(ledger::API)`");
    }
    if host.len() > HOST_LIMIT {
        let wrong = format!("reaches {host} on port {port}, and its route would have too long a name");
        findings.add(id, at, wrong, format!("name a host of at most {HOST_LIMIT} characters"));
    }
}

fn check_opaque(findings: &mut Findings, id: Id, port: u16, protocol: ExternalProtocol, host: Host, at: Place) {
    if protocol != ExternalProtocol::Tcp && OPAQUE_PORTS.contains(&port) {
        let wrong = format!("Linkerd takes port {port} for opaque and would not find {host} on it");
        findings.add(id, at, wrong, "say `External::tcp(..)`: then any host can be reached on this port");
    }
}

/// A device has a private address, which is neither a pod's, a Service's nor the API server's.
fn check_device(findings: &mut Findings, facts: &Facts, id: Id, address: Ip, at: Place) {
    let block = format!("{address}/32");
    let networks = facts.kubernetes.networks;
    if !PRIVATE.iter().any(|network| contains(network, &block)) {
        let wrong = format!("reaches {address}, which is no private address");
        findings.add(id, at, wrong, "name a public host: `External::https(host!(\"…\"))`");
    } else if [networks.pods, networks.services].iter().any(|network| contains(network.as_str(), &block)) {
        let wrong = format!("reaches {address}, which is a pod's or a Service's");
        findings.add(id, at, wrong, "call the port that the service or the peer declares: `.calls(ledger::API)`");
    } else if facts.kubernetes.api_servers.iter().any(|(server, _)| server == address) {
        let wrong = format!("reaches {address}, which is the API server's");
        findings.add(id, at, wrong, "say what the service needs of it: `.may(api::PODS.read())`");
    }
}

fn check_networks(findings: &mut Findings, facts: &Facts, id: Id, address: Ip, at: Place) {
    if facts.linkerd.cluster_networks == ClusterNetworks::AllPrivate {
        let wrong = format!(
            "reaches {address} over TCP, and this cluster's Linkerd holds nothing back among private addresses"
        );
        let instead = "let its `clusterNetworks` be those of pods and Services, and say so in the cluster: \
                       `cluster_networks: ClusterNetworks::PodsAndServices`";
        findings.add(id, at, wrong, instead);
    }
}

impl Uses {
    fn add(&mut self, findings: &mut Findings, id: Id, port: u16, protocol: ExternalProtocol, what: &str, at: Place) {
        let (first, other, place) = *self.0.entry((id.namespace, port)).or_insert((protocol, id, at));
        if first != protocol {
            let wrong = format!(
                "reaches {what} on port {port} by {}, while {other} uses the port by {} ({}:{}); a namespace has one protocol on a port",
                name(protocol),
                name(first),
                place.file(),
                place.line(),
            );
            findings.add(id, at, wrong, "say the same protocol, or give one of the services a namespace of its own");
        }
    }
}

const fn name(protocol: ExternalProtocol) -> &'static str {
    match protocol {
        ExternalProtocol::Tls => "TLS",
        ExternalProtocol::PlainHttp => "plain HTTP",
        ExternalProtocol::Tcp => "plain TCP",
    }
}
