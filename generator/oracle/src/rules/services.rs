//! Services, and selectors of workloads.

use std::collections::BTreeSet;

use super::CrossRule;
use crate::field::{at, has, list, number, pairs, text};
use crate::reach::can_call;
use crate::scene::{Findings, Scene};
use crate::selector::{Labels, selects};
use crate::workload::{Workload, protocol};

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "selector-own",
        sentence: "a workload selects its own pods and no other workload's",
        check: selector_own,
    },
    CrossRule {
        name: "service-target",
        sentence: "a Service selects the pods of exactly one workload and forwards to ports that they serve",
        check: service_target,
    },
    CrossRule {
        name: "service-for-callers",
        sentence: "every port that a workload of the tree may call is a port of a Service",
        check: service_for_callers,
    },
    CrossRule {
        name: "service-protocol",
        sentence: "what a Service says of a TCP port's protocol, the port's Server says, too; of a UDP port it says none",
        check: service_protocol,
    },
    CrossRule {
        name: "service-ports-once",
        sentence: "no two ports of a Service have one name or one number",
        check: service_ports_once,
    },
];

fn selector_own(scene: &Scene<'_>, findings: &mut Findings) {
    let by_selector = ["Deployment", "StatefulSet", "DaemonSet"];
    for workload in scene.workloads.iter().filter(|workload| by_selector.contains(&workload.document.kind.as_str())) {
        let selector = at(&workload.document.value, "spec.selector");
        let selected: Vec<_> =
            scene.workloads_in(workload.namespace()).filter(|other| selects(selector, &other.labels)).collect();
        if !matches!(selected.as_slice(), [one] if one.is(workload)) {
            findings
                .push(workload.document.finding("selector-own", "the selector does not select exactly its own pods"));
        }
    }
}

/// The pods that a Service selects.
fn is_selected(service: &crate::world::Document, labels: &Labels<'_>) -> bool {
    let selector = pairs(&service.value, "spec.selector");
    !selector.is_empty() && selector.iter().all(|(key, value)| labels.get(key) == Some(value))
}

fn service_target(scene: &Scene<'_>, findings: &mut Findings) {
    for service in scene.of_kind("Service") {
        let selected: Vec<_> =
            scene.workloads_in(service.space()).filter(|own| is_selected(service, &own.labels)).collect();
        let [workload] = selected.as_slice() else {
            findings.push(
                service.finding("service-target", format!("it selects the pods of {} workloads", selected.len())),
            );
            continue;
        };
        let served = workload.served();
        for port in list(&service.value, "spec.ports") {
            if !number(port, "targetPort").is_some_and(|target| served.contains(&(protocol(port), target))) {
                let sentence = format!("the pods do not serve the target of port `{}`", text(port, "name"));
                findings.push(service.finding("service-target", sentence));
            }
        }
    }
}

fn service_for_callers(scene: &Scene<'_>, findings: &mut Findings) {
    for callee in scene.workloads.iter().filter(|callee| scene.is_meshed(callee)) {
        for (named, port) in callee.served() {
            let served = scene.of_kind("Service").iter().any(|service| {
                service.space() == callee.namespace()
                    && is_selected(service, &callee.labels)
                    && list(&service.value, "spec.ports")
                        .iter()
                        .any(|item| protocol(item) == named && number(item, "targetPort") == Some(port))
            });
            let calls = |caller: &Workload<'_>| match named {
                "TCP" => can_call(scene, caller, callee, port),
                _ => scene.passes_on(caller, callee, (named, port)),
            };
            if !served && scene.workloads.iter().any(calls) {
                let sentence = format!("port {port} may be called, and no Service has it");
                findings.push(callee.document.finding("service-for-callers", sentence));
            }
        }
    }
}

fn service_protocol(scene: &Scene<'_>, findings: &mut Findings) {
    for service in scene.of_kind("Service") {
        for workload in scene.workloads_in(service.space()).filter(|own| is_selected(service, &own.labels)) {
            for port in list(&service.value, "spec.ports") {
                if (protocol(port) == "TCP") != has(port, "appProtocol") {
                    let sentence = format!("port `{}` says no protocol, or one too many", text(port, "name"));
                    findings.push(service.finding("service-protocol", sentence));
                }
                if protocol(port) != "TCP" {
                    continue;
                }
                let expected: &[&str] = match text(port, "appProtocol") {
                    "http" => &["HTTP/1"],
                    "kubernetes.io/h2c" => &["HTTP/2", "gRPC"],
                    _ => &["opaque", "TLS"],
                };
                let servers = scene.servers_on(workload, number(port, "targetPort").unwrap_or_default());
                if servers.iter().any(|server| !expected.contains(&text(&server.value, "spec.proxyProtocol"))) {
                    let sentence = format!("the Server of port `{}` says another protocol", text(port, "name"));
                    findings.push(service.finding("service-protocol", sentence));
                }
            }
        }
    }
}

fn service_ports_once(scene: &Scene<'_>, findings: &mut Findings) {
    for service in scene.of_kind("Service") {
        let ports = list(&service.value, "spec.ports");
        let names: BTreeSet<_> = ports.iter().map(|port| text(port, "name")).collect();
        let numbers: BTreeSet<_> = ports.iter().map(|port| (protocol(port), number(port, "port"))).collect();
        if names.len() != ports.len() || numbers.len() != ports.len() {
            findings.push(service.finding("service-ports-once", "two ports have one name or one number"));
        }
    }
}
