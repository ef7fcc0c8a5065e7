//! Containers: names, ports, probes and users.

use std::collections::BTreeSet;

use serde_json::Value;

use super::CrossRule;
use crate::field::{at, has, list, number, text, texts};
use crate::scene::{Findings, Scene};
use crate::workload::{Workload, ports_of};

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "container-names",
        sentence: "no two containers, and no two ports, of a pod have one name or number, nor do two variables of a container",
        check: container_names,
    },
    CrossRule { name: "probe-port", sentence: "a probe asks a port of its own container", check: probe_port },
    CrossRule {
        name: "probe-protocol",
        sentence: "a probe over HTTP asks a port whose Server speaks HTTP/1; the mesh authorizes no other",
        check: probe_protocol,
    },
    CrossRule { name: "probe-can-fail", sentence: "a probe runs a command that can fail", check: probe_can_fail },
    CrossRule { name: "readiness", sentence: "a container that serves a port says when it is ready", check: readiness },
    CrossRule {
        name: "proxy-user",
        sentence: "nothing runs as the proxy's user, whose traffic is not redirected",
        check: proxy_user,
    },
    CrossRule { name: "limit-above-request", sentence: "no request is above its limit", check: limit_above_request },
];

/// The uid and gid of Linkerd's proxy.
const PROXY_USER: i64 = 2102;

const PROBES: [&str; 3] = ["startupProbe", "livenessProbe", "readinessProbe"];

fn each_container<'a>(scene: &Scene<'a>, mut visit: impl FnMut(&Workload<'a>, &'a Value)) {
    for workload in &scene.workloads {
        workload.containers().for_each(|container| visit(workload, container));
    }
}

fn container_names(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        let names: Vec<_> = workload.containers().map(|container| text(container, "name")).collect();
        let ports = workload.ports();
        let port_names: Vec<_> = workload
            .containers()
            .flat_map(|container| list(container, "ports"))
            .map(|port| text(port, "name"))
            .collect();
        let variables = workload.containers().all(|container| {
            let names: Vec<_> = list(container, "env").iter().map(|variable| text(variable, "name")).collect();
            are_distinct(&names)
        });
        if !are_distinct(&names) || !are_distinct(&ports) || !are_distinct(&port_names) || !variables {
            findings
                .push(workload.document.finding("container-names", "two containers, ports or variables are the same"));
        }
    }
}

fn are_distinct<T: Ord>(items: &[T]) -> bool {
    items.iter().collect::<BTreeSet<_>>().len() == items.len()
}

fn probe_port(scene: &Scene<'_>, findings: &mut Findings) {
    each_container(scene, |workload, container| {
        for probe in PROBES.iter().map(|probe| at(container, probe)).filter(|probe| has(probe, "httpGet")) {
            let port = number(probe, "httpGet.port");
            if !ports_of(container).any(|served| Some(served) == port) {
                let sentence = format!("a probe of `{}` asks a port that it does not serve", text(container, "name"));
                findings.push(workload.document.finding("probe-port", sentence));
            }
        }
    });
}

fn probe_protocol(scene: &Scene<'_>, findings: &mut Findings) {
    each_container(scene, |workload, container| {
        for probe in PROBES.iter().map(|probe| at(container, probe)).filter(|probe| has(probe, "httpGet")) {
            let servers = scene.servers_on(workload, number(probe, "httpGet.port").unwrap_or_default());
            if servers.iter().any(|server| text(&server.value, "spec.proxyProtocol") != "HTTP/1") {
                let sentence =
                    format!("a probe of `{}` speaks HTTP/1 to a port that does not", text(container, "name"));
                findings.push(workload.document.finding("probe-protocol", sentence));
            }
        }
    });
}

fn probe_can_fail(scene: &Scene<'_>, findings: &mut Findings) {
    each_container(scene, |workload, container| {
        for probe in PROBES.iter().map(|probe| at(container, probe)).filter(|probe| has(probe, "exec")) {
            let command = texts(probe, "exec.command");
            let last = command.last().copied().unwrap_or_default().trim();
            let program = last.split_whitespace().next().unwrap_or_default();
            let is_true = ["true", ":"].contains(&program.rsplit('/').next().unwrap_or_default()) || last == "exit 0";
            if is_true || program == "echo" || command.first().is_some_and(|first| first.ends_with("echo")) {
                let sentence = format!("a probe of `{}` always succeeds", text(container, "name"));
                findings.push(workload.document.finding("probe-can-fail", sentence));
            }
        }
    });
}

fn readiness(scene: &Scene<'_>, findings: &mut Findings) {
    each_container(scene, |workload, container| {
        if ports_of(container).next().is_some() && !has(container, "readinessProbe") {
            let sentence = format!("`{}` serves a port and does not say when it is ready", text(container, "name"));
            findings.push(workload.document.finding("readiness", sentence));
        }
    });
}

fn proxy_user(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        let contexts = workload.containers().map(|container| at(container, "securityContext"));
        for context in contexts.chain([at(workload.spec, "securityContext")]) {
            if ["runAsUser", "runAsGroup", "fsGroup"].iter().any(|field| number(context, field) == Some(PROXY_USER)) {
                findings.push(workload.document.finding("proxy-user", "something runs as the proxy's user or group"));
            }
        }
    }
}

fn limit_above_request(scene: &Scene<'_>, findings: &mut Findings) {
    each_container(scene, |workload, container| {
        for resource in ["cpu", "memory", "ephemeral-storage"] {
            let amount = |of: &str| milli(text(container, &format!("resources.{of}.{resource}")));
            if let (Some(request), Some(limit)) = (amount("requests"), amount("limits"))
                && request > limit
            {
                let sentence =
                    format!("the request of `{}` for {resource} is above its limit", text(container, "name"));
                findings.push(workload.document.finding("limit-above-request", sentence));
            }
        }
    });
}

/// A quantity in thousandths.
fn milli(quantity: &str) -> Option<u128> {
    let end = quantity.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(quantity.len());
    let (digits, suffix) = quantity.split_at(end);
    let factor: u128 = match suffix {
        "m" => 1,
        "" => 1_000,
        "k" => 1_000_000,
        "M" => 1_000_000_000,
        "G" => 1_000_000_000_000,
        "T" => 1_000_000_000_000_000,
        "Ki" => 1_000 << 10,
        "Mi" => 1_000 << 20,
        "Gi" => 1_000 << 30,
        "Ti" => 1_000 << 40,
        _ => return None,
    };
    digits.parse::<u128>().ok()?.checked_mul(factor)
}
