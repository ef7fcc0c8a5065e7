//! Exposures: each hostname has one owner, and leads through the tunnel.

use std::collections::BTreeMap;

use casemate_dsl::Tunnel;
use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{ExposedPeer, ExposedPort, Exposure};
use casemate_dsl::word::{Host, Name};

use super::finding::Findings;
use super::peer::Peers;
use super::service::Resolved;
use super::text;
use crate::graph::{Callee, Id, IngressRule, Perimeter};

/// Kubernetes takes names of 253 characters; file systems take 255 for `dnsendpoint-<host>.yaml`, and something has to be left for the
/// time in which it is written.
const HOST_LIMIT: usize = 219;

/// What is exposed, by hostname.
#[derive(Debug, Default)]
pub(super) struct Exposed {
    rules: BTreeMap<Host, IngressRule>,
    owners: BTreeMap<Host, (String, Place)>,
}

/// All exposures: of the services, which are taken from them, and of the cluster's peers.
pub(super) fn exposed(
    findings: &mut Findings,
    cluster: &str,
    services: &mut BTreeMap<Id, Resolved>,
    declared: Vec<Said<ExposedPeer>>,
    peers: &mut Peers,
) -> Exposed {
    let mut exposed = Exposed::default();
    for (id, resolved) in services.iter_mut() {
        for Said { what: ExposedPort { port, exposure, seal: _ }, at } in std::mem::take(&mut resolved.exposures) {
            let number = port.number.number();
            match resolved.service.ports.get(&number) {
                None => {
                    let wrong = format!("exposes port {number}, which no container of it serves");
                    findings.add(id, at, wrong, "add `.serves(..)` of that port to the container");
                }
                Some(served) if served.protocol != port.protocol => {
                    let wrong = format!("exposes port {number} with another protocol than it is served with");
                    findings.add(id, at, wrong, "expose the constant that the container serves");
                }
                Some(_) => {}
            }
            let to = Callee::Service { id: *id, port: number, protocol: port.protocol };
            add(findings, &mut exposed, id.to_string(), at, to, exposure);
        }
    }
    for Said { what: ExposedPeer { endpoint, exposure, seal: _ }, at } in declared {
        let to = text::callee(&endpoint);
        if let Callee::Peer(peer) = &to {
            peers.check(findings, cluster, "exposes", at, peer);
        }
        add(findings, &mut exposed, cluster.to_owned(), at, to, exposure);
    }
    exposed
}

fn add(findings: &mut Findings, exposed: &mut Exposed, whose: String, at: Place, to: Callee, exposure: Exposure) {
    let Exposure { host, decision, seal: _ } = exposure;
    if host.as_str().len() > HOST_LIMIT {
        findings.add(
            &whose,
            at,
            format!("the hostname {host} is longer than {HOST_LIMIT} characters"),
            "choose a shorter one",
        );
    }
    if let Some((owner, first)) = exposed.owners.get(&host) {
        let wrong = format!("{host} is exposed twice: {owner} has it at {}:{}", first.file(), first.line());
        findings.add(&whose, at, wrong, "one hostname leads to one port: choose another one");
        return;
    }
    exposed.owners.insert(host, (whose, at));
    exposed.rules.insert(host, IngressRule { to, decision });
}

/// The tunnel with its rules; nothing where nothing is exposed.
pub(super) fn perimeter(
    findings: &mut Findings,
    cluster: &str,
    tunnel: Option<Said<Tunnel>>,
    exposed: Exposed,
) -> Option<Perimeter> {
    const CLOUDFLARED: Name = casemate_dsl::name!("cloudflared");
    let Exposed { rules, owners } = exposed;
    let Some(Said { what: tunnel, at: _ }) = tunnel else {
        for (host, (owner, at)) in owners {
            let wrong = format!("{host} is exposed, and {cluster} has no tunnel");
            findings.add(owner, at, wrong, "add `.tunnel(Tunnel { .. })` to the cluster");
        }
        return None;
    };
    Some(Perimeter { id: Id { namespace: tunnel.namespace, name: CLOUDFLARED }, tunnel, rules })
}
