//! The tunnel: its configuration, who it may reach, and the records of its hosts.

use std::collections::{BTreeMap, BTreeSet};

use super::CrossRule;
use super::edges::is_called;
use crate::field::{at, has, list, number, pairs, text, texts};
use crate::peers::Peer;
use crate::reach::can_call;
use crate::scene::{Findings, Scene};
use crate::selector::selects;
use crate::traffic::{Direction, items};
use crate::tunnel::{Tunnel, TunnelRule, is_config, tunnels};
use crate::workload::{Workload, ports_of};
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "tunnel-config",
        sentence: "cloudflared has one configuration, with nothing in it that was not foreseen",
        check: tunnel_config,
    },
    CrossRule {
        name: "tunnel-catch-all",
        sentence: "the last rule, and only the last, is for every host, and answers 404",
        check: tunnel_catch_all,
    },
    CrossRule {
        name: "tunnel-hosts",
        sentence: "no host, or path of one, is taken twice, and none is shadowed",
        check: tunnel_hosts,
    },
    CrossRule {
        name: "tunnel-access",
        sentence: "every rule demands Access, unless the host is on the list of public ones, and the same for all paths of a host",
        check: tunnel_access,
    },
    CrossRule {
        name: "tunnel-target",
        sentence: "every rule forwards to a port of a Service of the tree, or of a peer that the oracle was told of",
        check: tunnel_target,
    },
    CrossRule {
        name: "tunnel-caller",
        sentence: "cloudflared is let through to everything that it forwards to",
        check: tunnel_caller,
    },
    CrossRule {
        name: "tunnel-files",
        sentence: "the tunnel's credentials come from a Secret, and its metrics port is one of the container's",
        check: tunnel_files,
    },
    CrossRule {
        name: "tunnel-way-out",
        sentence: "cloudflared reaches Cloudflare's edge, and the keys of Access where a rule demands it",
        check: tunnel_way_out,
    },
    CrossRule {
        name: "tunnel-record",
        sentence: "every host of the tunnel has one record that points to it, and every record is of such a host",
        check: tunnel_record,
    },
];

fn each_tunnel(scene: &Scene<'_>, mut visit: impl FnMut(&Tunnel<'_>)) {
    for tunnel in tunnels(scene).0 {
        visit(&tunnel);
    }
}

fn tunnel_config(scene: &Scene<'_>, findings: &mut Findings) {
    let (tunnels, without) = tunnels(scene);
    for (workload, sentence) in without {
        findings.push(workload.document.finding("tunnel-config", sentence));
    }
    for config in scene.of_kind("ConfigMap").iter().copied() {
        let is_known = tunnels.iter().any(|tunnel| std::ptr::eq(tunnel.document, config));
        if !is_known && pairs(&config.value, "data").iter().any(|(_, text)| is_config(text)) {
            findings.push(
                config.finding(
                    "tunnel-config",
                    "no container of an image `cloudflared` mounts this configuration of one",
                ),
            );
        }
    }
    for tunnel in tunnels {
        for (rule, sentence) in tunnel.breaches() {
            findings.push(tunnel.document.finding("tunnel-config", format!("{rule}: {sentence}")));
        }
    }
}

fn tunnel_catch_all(scene: &Scene<'_>, findings: &mut Findings) {
    each_tunnel(scene, |tunnel| {
        let rules: Vec<_> = tunnel.rules().collect();
        let last = rules.len().saturating_sub(1);
        for (index, rule) in rules.iter().enumerate() {
            let catches_all = rule.hostname.is_none_or(|host| host == "*") && rule.path.is_none();
            let is_404 = rule.service == "http_status:404";
            if catches_all != (index == last) || is_404 != (index == last) {
                let sentence = format!("rule {index} is not a host's, or it is not the last one that answers 404");
                findings.push(tunnel.document.finding("tunnel-catch-all", sentence));
            }
        }
    });
}

fn tunnel_hosts(scene: &Scene<'_>, findings: &mut Findings) {
    let mut owners = BTreeMap::new();
    let mut number = 0;
    each_tunnel(scene, |tunnel| {
        number += 1;
        let rules: Vec<_> = tunnel.rules().filter_map(|rule| Some((rule.hostname?, rule))).collect();
        for (index, (host, rule)) in rules.iter().enumerate() {
            // Two tunnels serve no host together, whatever the path.
            let owner = *owners.entry((*host).to_owned()).or_insert(number);
            let shadowed = rules.iter().take(index).any(|(earlier, earlier_rule)| match earlier.strip_prefix('*') {
                Some(suffix) => host.trim_start_matches('*').ends_with(suffix),
                None => earlier == host && rule.is_below(earlier_rule),
            });
            if owner != number || shadowed {
                findings.push(tunnel.document.finding("tunnel-hosts", format!("an earlier rule takes `{host}`")));
            }
        }
    });
}

fn tunnel_access(scene: &Scene<'_>, findings: &mut Findings) {
    each_tunnel(scene, |tunnel| {
        let mut decisions = BTreeMap::new();
        for rule in tunnel.rules() {
            let Some(host) = rule.hostname else { continue };
            if rule.demands_access() == scene.peers.public_hosts.contains(host) {
                let sentence = format!("`{host}` has no Access and is not public, or is public and has it");
                findings.push(tunnel.document.finding("tunnel-access", sentence));
            }
            let decision = at(rule.value, "originRequest.access");
            if decisions.entry(host).or_insert(decision) != &decision {
                let sentence = format!("some paths of `{host}` demand what others do not: a path is no wall");
                findings.push(tunnel.document.finding("tunnel-access", sentence));
            }
        }
    });
}

/// The peer that a rule forwards to, if it is one.
fn peer_of<'a>(scene: &Scene<'a>, rule: &TunnelRule<'_>) -> Option<&'a Peer> {
    let (name, namespace, port) = rule.target(&scene.peers.cluster_domain)?;
    scene.peers.called.iter().find(|peer| {
        peer.namespace == namespace
            && peer.service.as_ref().is_some_and(|(service, number)| service == name && i64::from(*number) == port)
    })
}

/// The pods, and their port, behind the Service that a rule forwards to.
fn pods_of<'s, 'a>(scene: &'s Scene<'a>, rule: &TunnelRule<'_>) -> Option<(&'s Workload<'a>, i64)> {
    let (name, namespace, port) = rule.target(&scene.peers.cluster_domain)?;
    let service = scene.find("Service", namespace, name)?;
    let ports = list(&service.value, "spec.ports");
    let target =
        ports.iter().find(|item| number(item, "port") == Some(port)).and_then(|item| number(item, "targetPort"))?;
    let selector = pairs(&service.value, "spec.selector");
    let mut selected = scene
        .workloads_in(service.space())
        .filter(|workload| selector.iter().all(|(key, value)| workload.labels.get(key) == Some(value)));
    selected.next().filter(|workload| workload.ports().contains(&target)).map(|workload| (workload, target))
}

fn tunnel_target(scene: &Scene<'_>, findings: &mut Findings) {
    each_tunnel(scene, |tunnel| {
        for rule in tunnel.rules().filter(|rule| rule.hostname.is_some()) {
            if pods_of(scene, &rule).is_none() && peer_of(scene, &rule).is_none() {
                findings.push(tunnel.document.finding("tunnel-target", format!("nobody serves `{}`", rule.service)));
            }
        }
    });
}

fn tunnel_caller(scene: &Scene<'_>, findings: &mut Findings) {
    each_tunnel(scene, |tunnel| {
        for rule in tunnel.rules().filter(|rule| rule.hostname.is_some()) {
            let to_pods = pods_of(scene, &rule).map(|(callee, port)| can_call(scene, tunnel.workload, callee, port));
            let to_peer = peer_of(scene, &rule).map(|peer| {
                policies_of(scene, tunnel.workload)
                    .flat_map(|policy| items(policy, Direction::Egress))
                    .any(|item| is_called(&item, peer))
            });
            if to_pods.or(to_peer) == Some(false) {
                let sentence = format!("cloudflared is not let through to `{}`", rule.service);
                findings.push(tunnel.document.finding("tunnel-caller", sentence));
            }
        }
    });
}

fn policies_of<'s>(scene: &'s Scene<'_>, workload: &'s Workload<'_>) -> impl Iterator<Item = &'s Document> {
    let policies =
        scene.of_kind("NetworkPolicy").iter().copied().filter(|policy| policy.space() == workload.namespace());
    policies.filter(|policy| selects(at(&policy.value, "spec.podSelector"), &workload.labels))
}

fn tunnel_files(scene: &Scene<'_>, findings: &mut Findings) {
    each_tunnel(scene, |tunnel| {
        let file = text(&tunnel.config, "credentials-file");
        let from_secret = list(tunnel.container, "volumeMounts").iter().any(|mount| {
            let volume = tunnel.workload.volumes().iter().find(|volume| text(volume, "name") == text(mount, "name"));
            let path = text(mount, "mountPath");
            volume.is_some_and(|volume| has(volume, "secret"))
                && (file == path || file.starts_with(&format!("{path}/")))
        });
        let metrics = text(&tunnel.config, "metrics").rsplit(':').next().and_then(|port| port.parse::<i64>().ok());
        if !from_secret || !ports_of(tunnel.container).any(|port| Some(port) == metrics) {
            let sentence = "the credentials are not from a Secret, or the metrics port is not the container's";
            findings.push(tunnel.document.finding("tunnel-files", sentence));
        }
    });
}

fn tunnel_way_out(scene: &Scene<'_>, findings: &mut Findings) {
    each_tunnel(scene, |tunnel| {
        let out: Vec<_> = policies_of(scene, tunnel.workload)
            .flat_map(|policy| items(policy, Direction::Egress))
            .filter(|item| has(item.peer, "ipBlock"))
            .collect();
        let transport = if text(&tunnel.config, "protocol") == "quic" { "UDP" } else { "TCP" };
        if !out.iter().any(|item| item.protocol == transport && item.port == 7844) {
            findings.push(tunnel.document.finding("tunnel-way-out", format!("{transport} 7844 is not open")));
        }
        for rule in tunnel.rules().filter(TunnelRule::demands_access) {
            let team = format!("{}.cloudflareaccess.com", text(rule.value, "originRequest.access.teamName"));
            let routed = scene.of_kind("TLSRoute").iter().any(|route| {
                route.space() == tunnel.workload.namespace()
                    && texts(&route.value, "spec.hostnames").contains(&team.as_str())
            });
            if !routed || !out.iter().any(|item| item.protocol == "TCP" && item.port == 443) {
                findings.push(tunnel.document.finding("tunnel-way-out", format!("`{team}` on 443 is not open")));
            }
        }
    });
}

fn tunnel_record(scene: &Scene<'_>, findings: &mut Findings) {
    let mut recorded = Vec::new();
    for record in scene.of_kind("DNSEndpoint").iter().copied() {
        for endpoint in list(&record.value, "spec.endpoints") {
            recorded.push((record, text(endpoint, "dnsName"), texts(endpoint, "targets")));
        }
    }
    let mut known = Vec::new();
    each_tunnel(scene, |tunnel| {
        let target = format!("{}.cfargotunnel.com", text(&tunnel.config, "tunnel"));
        for host in tunnel.rules().filter_map(|rule| rule.hostname).collect::<BTreeSet<_>>() {
            let records = recorded.iter().filter(|(record, name, targets)| {
                *name == host && *targets == [target.as_str()] && record.space() == tunnel.workload.namespace()
            });
            let count = records.count();
            if count != 1 {
                findings
                    .push(tunnel.document.finding("tunnel-record", format!("`{host}` has {count} records, not one")));
            }
            known.push(host.to_owned());
        }
    });
    for (record, name, _) in recorded {
        if !known.iter().any(|host| host == name) {
            findings.push(record.finding("tunnel-record", format!("no tunnel serves `{name}`")));
        }
    }
}
