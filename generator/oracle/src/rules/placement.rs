//! Where pods run, and beside whom.

use serde_json::Value;

use super::CrossRule;
use crate::field::{at, has, list, pairs, text};
use crate::scene::{Findings, Scene};
use crate::selector::selects;
use crate::workload::Workload;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule { name: "spread-own", sentence: "pods are spread among their own", check: spread_own },
    CrossRule {
        name: "toleration",
        sentence: "a toleration of any value says none, and only what removes pods waits",
        check: toleration,
    },
    CrossRule {
        name: "preferred-node",
        sentence: "a preferred label of nodes says its value, and one of any value says none",
        check: preferred_node,
    },
    CrossRule {
        name: "one-per-node",
        sentence: "pods that never share a node are those of one workload",
        check: one_per_node,
    },
    CrossRule {
        name: "neighbour",
        sentence: "pods that others are near to, or apart from, are those of one workload of the tree",
        check: neighbour,
    },
];

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

fn spread_own(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for spread in list(workload.spec, "topologySpreadConstraints") {
            if !selects(at(spread, "labelSelector"), &workload.labels) {
                findings.push(workload.document.finding("spread-own", "the pods are spread among others"));
            }
        }
    }
}

fn toleration(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for toleration in list(workload.spec, "tolerations") {
            let of_any_value = text(toleration, "operator") == "Exists";
            let waits = has(toleration, "tolerationSeconds");
            if (of_any_value && has(toleration, "value")) || (waits && text(toleration, "effect") != "NoExecute") {
                let sentence = format!("the toleration of `{}` contradicts itself", text(toleration, "key"));
                findings.push(workload.document.finding("toleration", sentence));
            }
        }
    }
}

fn preferred_node(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for preferred in list(at(workload.spec, "affinity.nodeAffinity"), PREFERRED) {
            for label in list(at(preferred, "preference"), "matchExpressions") {
                if (text(label, "operator") == "In") != has(label, "values") {
                    let sentence = format!("the preferred label `{}` of nodes contradicts itself", text(label, "key"));
                    findings.push(workload.document.finding("preferred-node", sentence));
                }
            }
        }
    }
}

fn one_per_node(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for term in list(at(workload.spec, "affinity.podAntiAffinity"), REQUIRED) {
            if !selects(at(term, "labelSelector"), &workload.labels) {
                findings.push(workload.document.finding("one-per-node", "the pods never share a node with others"));
            }
        }
    }
}

/// The workloads whose pods a term of an affinity selects.
fn selected<'s, 'a>(scene: &'s Scene<'a>, own: &Workload<'_>, term: &Value) -> Vec<&'s Workload<'a>> {
    let by_name = pairs(term, "namespaceSelector.matchLabels");
    let namespace = by_name.first().map_or(own.namespace(), |(_, name)| name);
    let selector = at(term, "labelSelector");
    scene.workloads_in(namespace).filter(|other| selects(selector, &other.labels)).collect()
}

fn neighbour(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for side in ["affinity.podAffinity", "affinity.podAntiAffinity"] {
            for preferred in list(at(workload.spec, side), PREFERRED) {
                let count = selected(scene, workload, at(preferred, "podAffinityTerm")).len();
                if count != 1 {
                    let sentence = format!("`{side}` is about the pods of {count} workloads, not of one");
                    findings.push(workload.document.finding("neighbour", sentence));
                }
            }
        }
    }
}
