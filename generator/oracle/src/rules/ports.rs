//! The ports that containers serve.

use super::CrossRule;
use crate::field::{list, number, text};
use crate::scene::{Findings, Scene};
use crate::workload::protocol;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule { name: "port-name", sentence: "a port's name says its number, and whether it is UDP", check: port_name },
    CrossRule {
        name: "low-port",
        sentence: "a pod may listen on the lowest of its ports below 1024 and on those above it, and says so only if it has one",
        check: low_port,
    },
];

fn port_name(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for port in workload.containers().flat_map(|container| list(container, "ports")) {
            let name = text(port, "name");
            let says = name.split_once('-').is_some_and(|(first, last)| {
                (first == "udp") == (protocol(port) == "UDP") && last.parse().ok() == number(port, "containerPort")
            });
            if !says {
                let sentence = format!("the name of port `{name}` says another number or protocol");
                findings.push(workload.document.finding("port-name", sentence));
            }
        }
    }
}

fn low_port(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in scene.workloads.iter().filter(|workload| workload.has_template()) {
        let lowest = workload.served().into_iter().map(|(_, port)| port).filter(|port| *port < 1024).min();
        let sysctls = list(workload.spec, "securityContext.sysctls").iter();
        let opened: Vec<_> = sysctls.map(|sysctl| text(sysctl, "value").parse::<i64>().ok()).collect();
        if opened != lowest.map(|port| vec![Some(port)]).unwrap_or_default() {
            let sentence = format!("its lowest port below 1024 is {lowest:?}, and it may listen from {opened:?} on");
            findings.push(workload.document.finding("low-port", sentence));
        }
    }
}
