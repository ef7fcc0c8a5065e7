//! Ways out of the cluster that are wider than one service and one host.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::view::ExternalProtocol;
use casemate_dsl::word::Namespace;

use super::List;
use crate::graph::{Graph, Id, Outside, WEB_PAGES};
use crate::register::markdown::{code, codes, text};

/// The services of a namespace that a port is open to, and the hosts that the mesh lets out on it.
#[derive(Default)]
struct Door {
    services: BTreeSet<Id>,
    hosts: BTreeSet<String>,
}

/// External hosts that several services of a namespace can reach, since the mesh judges a namespace.
pub(super) fn shared(graph: &Graph) -> List {
    let mut doors: BTreeMap<(Namespace, u16), Door> = BTreeMap::new();
    for service in graph.services.values() {
        let mut open = |port: u16, host: String| {
            let door = doors.entry((service.id.namespace, port)).or_default();
            door.services.insert(service.id);
            door.hosts.insert(host);
        };
        for outside in &service.outside {
            match outside {
                Outside::Host { port, host, protocol: ExternalProtocol::Tcp } => {
                    open(*port, format!("any, for {host}"));
                }
                Outside::Host { port, host, protocol: ExternalProtocol::Tls | ExternalProtocol::PlainHttp } => {
                    open(*port, host.to_string());
                }
                Outside::Below { port, hosts, reason: _ } => open(*port, hosts.to_string()),
                Outside::AnyWebPage { reason: _ } => {
                    for port in WEB_PAGES {
                        open(port, "any".to_owned());
                    }
                }
                Outside::Lan { port, address, udp: false, reason: _ } => open(*port, address.to_string()),
                // The mesh does not see it, and so it opens nothing for others.
                Outside::Lan { udp: true, .. } | Outside::Udp { .. } | Outside::UdpRange { .. } => {}
            }
        }
    }
    let shared = doors.into_iter().filter(|(_, door)| door.services.len() > 1 && door.hosts.len() > 1);
    let rows = shared.map(|((namespace, port), Door { services, hosts })| {
        vec![
            code(namespace.as_str()),
            code(&port.to_string()),
            codes(services.iter().map(|id| id.name.as_str())),
            codes(hosts),
        ]
    });
    List {
        title: "Shared egress",
        says: "Linkerd judges a namespace, not a service: on these ports each of the services reaches the hosts that any of them declared.",
        columns: &["namespace", "port", "services", "hosts"],
        rows: rows.collect(),
        empty: "None: no two services of a namespace share a port to different hosts outside of the cluster.",
    }
}

/// Ways out that are wider than a named host.
pub(super) fn wide(graph: &Graph) -> List {
    let mut rows = Vec::new();
    for service in graph.services.values() {
        for outside in &service.outside {
            let (what, reason) = match outside {
                Outside::Host { port, host, protocol: ExternalProtocol::Tcp } => (
                    format!("any host on {port}"),
                    format!("plain TCP, for {host}: it says no name by which it could be held"),
                ),
                Outside::Host { protocol: ExternalProtocol::Tls | ExternalProtocol::PlainHttp, .. } => continue,
                Outside::Below { port, hosts, reason } => (format!("{hosts} on {port}"), reason.to_string()),
                Outside::AnyWebPage { reason } => ("any host on 80 and 443".to_owned(), reason.to_string()),
                Outside::Lan { port, address, udp, reason } => {
                    (format!("{address} on {port}{}", if *udp { "/udp" } else { "" }), reason.to_string())
                }
                Outside::Udp { port, host } => {
                    (format!("any host on {port}/udp"), format!("for {host}: UDP passes the mesh by"))
                }
                Outside::UdpRange { port, network } => (
                    format!("{network} on {port}/udp"),
                    "a range that its owner publishes: UDP passes the mesh by".to_owned(),
                ),
            };
            rows.push(vec![code(&service.id.to_string()), code(&what), text(&reason)]);
        }
    }
    List {
        title: "Wide egress",
        says: "These services reach more outside of the cluster than hosts that are named one by one, or a device of the network around it.",
        columns: &["service", "reaches", "reason"],
        rows,
        empty: "None: no service reaches anything outside of the cluster but named hosts.",
    }
}
