//! What services reach outside of the cluster, and what the routes of a namespace let out.

use std::collections::BTreeSet;

use casemate_dsl::prelude::*;
use casemate_oracle::{Beyond, World, allowed_beyond};

use crate::agreement::{Disagreement, compare, found, texts};
use crate::identities::{created_id, id};
use crate::plan::{NAMESPACES, Plan, ServicePlan};

/// How many there are to choose from.
pub(crate) const EXTERNALS: usize = 11;

/// Those that a world has to have said.
pub(crate) const WEB: usize = 6;
pub(crate) const BELOW: usize = 7;
pub(crate) const DEVICE: usize = 8;
pub(crate) const DEVICE_OVER_UDP: usize = 9;
pub(crate) const OVER_UDP: usize = 10;

/// One of them, in the language.
pub(crate) fn external(external: usize) -> External {
    match external {
        0 => External::https(host!("api.example.org")),
        1 => External::https(host!("files.example.org")),
        2 => External::tls(host!("queue.example.net"), port_number!(443)),
        3 => External::tcp(host!("odd.example.net"), port_number!(443)),
        4 => External::plain_http(host!("archive.example.org"), port_number!(80)),
        5 => External::tcp(host!("smtp.example.org"), port_number!(587)),
        WEB => External::any_web_page(because!("whoever writes a note names the page")),
        BELOW => External::https_below(hosts!("*.parts.example.net"), because!("parts are assigned at run time")),
        DEVICE => External::lan(ip!("192.168.1.7"), port_number!(1883), because!("the meter speaks MQTT only")),
        DEVICE_OVER_UDP => External::lan_udp(ip!("192.168.1.9"), port_number!(161), because!("the switch is asked")),
        _ => External::udp(host!("time.example.org"), port_number!(123)),
    }
}

/// What it comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The mesh knows the host by its name: the kind of its route.
    Named(&'static str, u16, &'static str),
    /// Any address on some ports over TCP.
    Any(&'static [u16]),
    /// One address: its block, whether over UDP, and the port.
    Device(&'static str, bool, u16),
    /// Any address over UDP.
    Datagrams(u16),
}

const fn way(external: usize) -> Way {
    match external {
        0 => Way::Named("TLSRoute", 443, "api.example.org"),
        1 => Way::Named("TLSRoute", 443, "files.example.org"),
        2 => Way::Named("TLSRoute", 443, "queue.example.net"),
        3 => Way::Any(&[443]),
        4 => Way::Named("HTTPRoute", 80, "archive.example.org"),
        5 => Way::Any(&[587]),
        WEB => Way::Any(&[80, 443]),
        BELOW => Way::Named("TLSRoute", 443, "*.parts.example.net"),
        DEVICE => Way::Device("192.168.1.7/32", false, 1883),
        DEVICE_OVER_UDP => Way::Device("192.168.1.9/32", true, 161),
        _ => Way::Datagrams(123),
    }
}

/// What a service may say in its namespace, which has one protocol on a port: in the first three hosts are known by their names. In
/// the last two they are not known at all on port 443, or, in a world of web pages, on port 80, either.
pub(crate) fn agreed(said: &BTreeSet<usize>, namespace: usize, web: bool) -> BTreeSet<usize> {
    let reads_web = said.contains(&WEB);
    let fits = |external: &usize| match (namespace, web) {
        (0..=2, _) => ![3, WEB].contains(external),
        (_, false) => ![0, 1, 2, WEB, BELOW].contains(external),
        // A host on those ports is one of the web pages.
        (_, true) => reads_web || ![0, 1, 2, 4, BELOW].contains(external),
    };
    said.iter().copied().filter(fits).collect()
}

/// What the mesh is told: a host that is one of the web pages which the same pods read is no host of its own.
fn ways(said: &BTreeSet<usize>) -> Vec<Way> {
    let contained = |way: &Way| matches!(way, Way::Named(_, 80 | 443, _)) && said.contains(&WEB);
    said.iter().map(|external| way(*external)).filter(|way| !contained(way)).collect()
}

/// The pods of a service, and those that it creates, with what they reach.
fn reaching(service: &ServicePlan) -> Vec<(String, &BTreeSet<usize>)> {
    let created = service.creates.iter().map(|created| (created_id(service.identity).to_owned(), &created.externals));
    std::iter::once((id(service.identity).to_owned(), &service.externals)).chain(created).collect()
}

/// A route: its namespace, kind, port and host; none for all of them.
type Route = (String, String, u16, Option<String>);

fn declared_routes(plan: &Plan) -> BTreeSet<Route> {
    let mut routes = BTreeSet::new();
    for service in &plan.services {
        let namespace = NAMESPACES[service.namespace()];
        let mut open = |kind: &str, port: u16, host: Option<&str>| {
            routes.insert((namespace.to_owned(), kind.to_owned(), port, host.map(str::to_owned)));
        };
        for way in reaching(service).into_iter().flat_map(|(_, said)| ways(said)) {
            match way {
                Way::Named(kind, port, host) => open(kind, port, Some(host)),
                Way::Any(ports) => {
                    for port in ports {
                        open("TCPRoute", *port, None);
                    }
                }
                Way::Device(_, false, port) => open("TCPRoute", port, None),
                Way::Device(_, true, _) | Way::Datagrams(_) => {}
            }
        }
    }
    routes
}

/// The routes that the `EgressNetwork` of a namespace has, where it denies all else.
fn rendered_routes(world: &World) -> BTreeSet<Route> {
    let mut routes = BTreeSet::new();
    for kind in ["TLSRoute", "HTTPRoute", "TCPRoute"] {
        for route in found(world, kind).filter(|route| route.namespace.as_deref() != Some("cloudflared")) {
            let namespace = route.namespace.clone().unwrap_or_default();
            for parent in route.value["spec"]["parentRefs"].as_array().into_iter().flatten() {
                let port = parent["port"].as_u64().and_then(|port| u16::try_from(port).ok()).unwrap_or_default();
                let hosts = texts(&route.value["spec"]["hostnames"]);
                let hosts = if hosts.is_empty() { vec![None] } else { hosts.into_iter().map(Some).collect() };
                routes.extend(hosts.into_iter().map(|host| (namespace.clone(), kind.to_owned(), port, host)));
            }
        }
    }
    routes
}

/// What some pods reach: who, what, over which protocol, on which port.
type Reach = (String, String, String, u16);

/// In a namespace hosts are shared on a port; ports are not.
fn declared_reach(plan: &Plan) -> BTreeSet<Reach> {
    let routes = declared_routes(plan);
    let mut reach = BTreeSet::new();
    for service in &plan.services {
        let namespace = NAMESPACES[service.namespace()];
        for (who, said) in reaching(service) {
            let mut add = |what: &str, protocol: &str, port: u16| {
                reach.insert((who.clone(), what.to_owned(), protocol.to_owned(), port));
            };
            let mut ports: BTreeSet<u16> = BTreeSet::new();
            for external in said {
                match way(*external) {
                    Way::Named(_, port, _) => ports.extend([port]),
                    Way::Any(open) => ports.extend(open),
                    Way::Device(block, udp, port) => add(block, if udp { "UDP" } else { "TCP" }, port),
                    Way::Datagrams(port) => add("any address", "UDP", port),
                }
            }
            for (_, _, port, host) in routes.iter().filter(|(of, _, port, _)| of == namespace && ports.contains(port)) {
                add(host.as_deref().unwrap_or("any address"), "TCP", *port);
            }
        }
        if service.asks_api_server() {
            reach.insert((id(service.identity).to_owned(), "192.168.1.10/32".to_owned(), "TCP".to_owned(), 6443));
        }
    }
    reach
}

fn rendered_reach(world: &World) -> BTreeSet<Reach> {
    let others = allowed_beyond(world).into_iter().filter(|(caller, ..)| caller != "cloudflared/cloudflared");
    let named = others.map(|(caller, beyond, protocol, port)| match beyond {
        Beyond::Host(what) | Beyond::Block(what) => (caller, what, protocol, port),
        Beyond::Any => (caller, "any address".to_owned(), protocol, port),
    });
    named.collect()
}

/// Each namespace with what its `EgressNetwork` says about all that no route lets out.
fn rendered_networks(world: &World) -> BTreeSet<(String, String)> {
    let networks = found(world, "EgressNetwork").filter(|network| network.namespace.as_deref() != Some("cloudflared"));
    let policy = |network: &casemate_oracle::Document| {
        network.value["spec"]["trafficPolicy"].as_str().unwrap_or_default().to_owned()
    };
    networks.map(|network| (network.namespace.clone().unwrap_or_default(), policy(network))).collect()
}

/// Where the tree and the plan disagree.
pub(crate) fn disagreements(world: &World, plan: &Plan) -> Vec<Disagreement> {
    let networks = plan.namespaces().into_iter().map(|it| (NAMESPACES[it].to_owned(), "Deny".to_owned())).collect();
    [
        compare("what is reached outside", &rendered_reach(world), &declared_reach(plan)),
        compare("routes", &rendered_routes(world), &declared_routes(plan)),
        compare("EgressNetworks", &rendered_networks(world), &networks),
    ]
    .into_iter()
    .flatten()
    .collect()
}
