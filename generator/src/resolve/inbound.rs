//! Peers that call: each on a port that is served, and declared in one way.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::said::Said;
use casemate_dsl::view::{CalledPort, Protocol, ServedPort};

use super::finding::Findings;
use super::peer::Peers;
use super::service::Resolved;
use crate::graph::{Id, Inbound, PeerCaller, Service};

/// What peers call, of all services, from which it is taken.
pub(super) fn inbound(
    findings: &mut Findings,
    services: &mut BTreeMap<Id, Resolved>,
    peers: &mut Peers,
) -> BTreeSet<Inbound> {
    let mut inbound = BTreeSet::new();
    for (id, resolved) in services {
        for Said { what: CalledPort { port, caller, seal: _ }, at } in std::mem::take(&mut resolved.callers) {
            let ServedPort { number, protocol } = port;
            let port = number.number();
            match served(&resolved.service, port, protocol) {
                None => {
                    let wrong = format!("is called on port {port}, which no container of it serves");
                    findings.add(id, at, wrong, "add `.serves(..)` of that port to a container");
                }
                Some(served) if served != protocol => {
                    let wrong = format!("is called on port {port} with another protocol than it is served with");
                    findings.add(id, at, wrong, "name the constant that the container serves");
                }
                Some(_) => {}
            }
            let from = peer(caller);
            peers.check_caller(findings, *id, at, &from);
            inbound.insert(Inbound { from, to: *id, port, protocol });
        }
    }
    inbound
}

/// A peer that calls, as the graph holds it.
pub(super) fn peer(caller: casemate_dsl::view::PeerCaller) -> PeerCaller {
    let casemate_dsl::view::PeerCaller { namespace, name, labels, mesh } = caller;
    PeerCaller { namespace, name, labels: labels.into_iter().collect(), mesh }
}

/// What a service serves on this port, over UDP or over TCP as `protocol` does.
pub(super) fn served(service: &Service, port: u16, protocol: Protocol) -> Option<Protocol> {
    match protocol {
        Protocol::Udp => service.udp.contains(&port).then_some(Protocol::Udp),
        Protocol::Http | Protocol::Grpc | Protocol::Tcp | Protocol::Tls => {
            service.ports.get(&port).map(|served| served.protocol)
        }
    }
}
