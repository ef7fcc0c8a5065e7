//! What containers request and what they are limited to.

use std::collections::BTreeSet;

use serde_json::Value;

use super::CrossRule;
use crate::field::{at, has, list, text};
use crate::quantity::milli;
use crate::scene::{Findings, Scene};
use crate::workload::{Workload, states};

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule { name: "limit-above-request", sentence: "no request is above its limit", check: limit_above_request },
    CrossRule {
        name: "limit-is-request",
        sentence: "devices and a node's own disk are limited to what is requested",
        check: limit_is_request,
    },
    CrossRule {
        name: "resource-of-itself",
        sentence: "a container is told of an amount that it states, not of its node's",
        check: resource_of_itself,
    },
    CrossRule {
        name: "memory-scratch",
        sentence: "scratch directories in memory leave a container some of its memory limit",
        check: memory_scratch,
    },
];

fn each_container<'a>(scene: &Scene<'a>, mut visit: impl FnMut(&Workload<'a>, &'a Value)) {
    for workload in &scene.workloads {
        workload.containers().for_each(|container| visit(workload, container));
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

/// Kubernetes refuses a device whose limit differs, and a pod is evicted for what it takes of the disk beyond its request.
fn limit_is_request(scene: &Scene<'_>, findings: &mut Findings) {
    each_container(scene, |workload, container| {
        let (requests, limits) = (at(container, "resources.requests"), at(container, "resources.limits"));
        let keys: BTreeSet<_> =
            [requests, limits].into_iter().filter_map(Value::as_object).flat_map(|map| map.keys()).collect();
        for key in keys.into_iter().filter(|key| !["cpu", "memory"].contains(&key.as_str())) {
            if requests.get(key) != limits.get(key) {
                let sentence = format!("the request of `{}` for {key} is not its limit", text(container, "name"));
                findings.push(workload.document.finding("limit-is-request", sentence));
            }
        }
    });
}

fn resource_of_itself(scene: &Scene<'_>, findings: &mut Findings) {
    each_container(scene, |workload, container| {
        for variable in list(container, "env").iter().filter(|variable| has(variable, "valueFrom.resourceFieldRef")) {
            let field = text(variable, "valueFrom.resourceFieldRef.resource");
            if !states(container, field) {
                let sentence = format!("`{}` is told of {field}, and does not state it", text(container, "name"));
                findings.push(workload.document.finding("resource-of-itself", sentence));
            }
        }
    });
}

fn memory_scratch(scene: &Scene<'_>, findings: &mut Findings) {
    each_container(scene, |workload, container| {
        let mounted: BTreeSet<_> = list(container, "volumeMounts").iter().map(|mount| text(mount, "name")).collect();
        let in_memory = workload
            .volumes()
            .iter()
            .filter(|volume| text(volume, "emptyDir.medium") == "Memory" && mounted.contains(text(volume, "name")));
        let taken: u128 = in_memory.filter_map(|volume| milli(text(volume, "emptyDir.sizeLimit"))).sum();
        if taken > 0 && milli(text(container, "resources.limits.memory")).is_some_and(|limit| taken >= limit) {
            let sentence = format!("scratch directories can fill the memory of `{}`", text(container, "name"));
            findings.push(workload.document.finding("memory-scratch", sentence));
        }
    });
}
