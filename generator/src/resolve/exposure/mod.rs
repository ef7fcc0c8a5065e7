//! Exposures: each hostname, or path of one, has one owner, and leads through the tunnel.

mod origin;
mod paths;

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
pub(super) struct Exposed(BTreeMap<Host, Vec<Claimed>>);

/// A rule, and who said it where.
#[derive(Debug)]
struct Claimed {
    owner: String,
    at: Place,
    rule: IngressRule,
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
    for (host, rules) in &mut exposed.0 {
        paths::sort(rules);
        paths::check(findings, *host, rules);
    }
    exposed
}

fn add(findings: &mut Findings, exposed: &mut Exposed, owner: String, at: Place, to: Callee, exposure: Exposure) {
    let Exposure { host, path, decision, origin, seal: _ } = exposure;
    if host.as_str().len() > HOST_LIMIT {
        let wrong = format!("the hostname {host} is longer than {HOST_LIMIT} characters");
        findings.add(&owner, at, wrong, "choose a shorter one");
    }
    if let Some(path) = path {
        paths::check_path(findings, &owner, at, host, path);
    }
    let what = path.map_or_else(|| host.to_string(), |path| format!("{host}{path}"));
    let rule = IngressRule { path, to, decision, origin: origin::origin(findings, &owner, &what, origin) };
    let rules = exposed.0.entry(host).or_default();
    if let Some(first) = rules.iter().find(|claimed| claimed.rule.path == path) {
        let wrong =
            format!("{what} is exposed twice: {} has it at {}:{}", first.owner, first.at.file(), first.at.line());
        let instead = "it leads to one port: choose another hostname, or another path of it, `.under(path!(\"/api\"))`";
        findings.add(&owner, at, wrong, instead);
        return;
    }
    rules.push(Claimed { owner, at, rule });
}

/// The tunnel with its rules; nothing where nothing is exposed.
pub(super) fn perimeter(
    findings: &mut Findings,
    cluster: &str,
    tunnel: Option<Said<Tunnel>>,
    exposed: Exposed,
) -> Option<Perimeter> {
    const CLOUDFLARED: Name = casemate_dsl::name!("cloudflared");
    let Exposed(hosts) = exposed;
    let Some(Said { what: tunnel, at: _ }) = tunnel else {
        for (host, rules) in hosts {
            for Claimed { owner, at, rule } in rules {
                let wrong = format!("{} is exposed, and {cluster} has no tunnel", rule.spelled(host));
                findings.add(owner, at, wrong, "add `.tunnel(Tunnel { .. })` to the cluster");
            }
        }
        return None;
    };
    let rules = hosts
        .into_iter()
        .map(|(host, rules)| (host, rules.into_iter().map(|Claimed { owner: _, at: _, rule }| rule).collect()))
        .collect();
    Some(Perimeter { id: Id { namespace: tunnel.namespace, name: CLOUDFLARED }, tunnel, rules })
}
