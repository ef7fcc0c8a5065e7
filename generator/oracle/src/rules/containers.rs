//! Containers: names, ports, probes and users.

use std::collections::BTreeSet;

use serde_json::Value;

use super::CrossRule;
use crate::field::{at, has, list, number, text, texts};
use crate::scene::{Findings, Scene};
use crate::workload::{Workload, is_sidecar, ports_of, served_by};

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
    CrossRule {
        name: "readiness",
        sentence: "a container that serves a port says when it is ready, unless it speaks no HTTP and the oracle was told of it",
        check: readiness,
    },
    CrossRule {
        name: "proxy-user",
        sentence: "nothing runs as the proxy's user, whose traffic is not redirected",
        check: proxy_user,
    },
    CrossRule {
        name: "container-of-workload",
        sentence: "the first container of a pod bears its workload's name",
        check: container_of_workload,
    },
    CrossRule {
        name: "container-that-ends",
        sentence: "a container that runs before the others serves nothing and is not asked how it is, unless it is a sidecar",
        check: container_that_ends,
    },
    CrossRule {
        name: "probe-numbers",
        sentence: "one success is enough for a start and for a life, and readiness ends nothing",
        check: probe_numbers,
    },
    CrossRule {
        name: "stop-in-time",
        sentence: "what a container does before it is told to end fits into its pod's grace period",
        check: stop_in_time,
    },
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
        let ports = workload.served();
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
        let name = text(container, "name");
        let speaks_http = list(container, "ports").iter().any(|port| text(port, "name").starts_with("http-"));
        let told = scene.peers.unasked.contains(&(workload.id(), name.to_owned()));
        let excused = told && !speaks_http;
        if served_by(container).next().is_some() && !has(container, "readinessProbe") && !excused {
            let sentence = format!("`{name}` serves a port and does not say when it is ready");
            findings.push(workload.document.finding("readiness", sentence));
        }
    });
}

fn proxy_user(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        let contexts = workload.containers().map(|container| at(container, "securityContext"));
        for context in contexts.chain([at(workload.spec, "securityContext")]) {
            let groups = list(context, "supplementalGroups").iter().any(|group| group.as_i64() == Some(PROXY_USER));
            let own = ["runAsUser", "runAsGroup", "fsGroup"];
            if groups || own.iter().any(|field| number(context, field) == Some(PROXY_USER)) {
                findings.push(workload.document.finding("proxy-user", "something runs as the proxy's user or group"));
            }
        }
    }
}

fn container_of_workload(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in scene.workloads.iter().filter(|workload| workload.has_template()) {
        let first = list(workload.spec, "containers").first();
        if first.is_none_or(|first| text(first, "name") != workload.name()) {
            findings
                .push(workload.document.finding("container-of-workload", "the first container does not bear its name"));
        }
    }
}

fn container_that_ends(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for container in list(workload.spec, "initContainers").iter().filter(|container| !is_sidecar(container)) {
            let lasting = ["ports", "lifecycle"].iter().chain(&PROBES).find(|field| has(container, field));
            if let Some(field) = lasting {
                let sentence = format!("`{}` ends before the others start, and has `{field}`", text(container, "name"));
                findings.push(workload.document.finding("container-that-ends", sentence));
            }
        }
    }
}

fn probe_numbers(scene: &Scene<'_>, findings: &mut Findings) {
    each_container(scene, |workload, container| {
        let once = ["startupProbe", "livenessProbe"]
            .iter()
            .all(|probe| number(at(container, probe), "successThreshold").is_none_or(|threshold| threshold == 1));
        if !once || has(container, "readinessProbe.terminationGracePeriodSeconds") {
            let sentence = format!("the API server refuses a number of a probe of `{}`", text(container, "name"));
            findings.push(workload.document.finding("probe-numbers", sentence));
        }
    });
}

/// The grace period of a pod that says none.
const GRACE: i64 = 30;

fn stop_in_time(scene: &Scene<'_>, findings: &mut Findings) {
    each_container(scene, |workload, container| {
        let grace = number(workload.spec, "terminationGracePeriodSeconds").unwrap_or(GRACE);
        if number(container, "lifecycle.preStop.sleep.seconds").is_some_and(|seconds| seconds >= grace) {
            let sentence = format!("`{}` is killed before it has slept", text(container, "name"));
            findings.push(workload.document.finding("stop-in-time", sentence));
        }
    });
}
