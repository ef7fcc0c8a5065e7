//! Replicas, budgets and autoscalers.

use super::CrossRule;
use crate::field::{at, has, list, number, text};
use crate::scene::{Findings, Scene};
use crate::selector::selects;
use crate::workload::Workload;
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "budget-target",
        sentence: "every PodDisruptionBudget is for one Deployment or StatefulSet of more pods than it may take away",
        check: budget_target,
    },
    CrossRule {
        name: "budget-present",
        sentence: "every Deployment and StatefulSet of two or more pods has exactly one PodDisruptionBudget",
        check: budget_present,
    },
    CrossRule {
        name: "autoscaler-target",
        sentence: "every HorizontalPodAutoscaler scales a Deployment or StatefulSet that exists, and no other does",
        check: autoscaler_target,
    },
    CrossRule {
        name: "replicas-owner",
        sentence: "either a Deployment or StatefulSet says its replicas or an autoscaler does",
        check: replicas_owner,
    },
    CrossRule {
        name: "autoscaler-bounds",
        sentence: "an autoscaler's bounds are in order and each metric is of the type that it says",
        check: autoscaler_bounds,
    },
    CrossRule {
        name: "autoscaler-measure",
        sentence: "an autoscaler that measures one container measures the workload's own",
        check: autoscaler_measure,
    },
];

/// The autoscaler of a workload.
pub(super) fn autoscaler_of<'a>(scene: &Scene<'a>, workload: &Workload<'_>) -> Option<&'a Document> {
    scene.of_kind("HorizontalPodAutoscaler").iter().copied().find(|scaler| {
        scaler.space() == workload.namespace()
            && text(&scaler.value, "spec.scaleTargetRef.kind") == workload.document.kind
            && text(&scaler.value, "spec.scaleTargetRef.name") == workload.document.name
    })
}

/// How many pods a workload has at least.
fn least(scene: &Scene<'_>, workload: &Workload<'_>) -> Option<i64> {
    let scaler = autoscaler_of(scene, workload);
    scaler.map_or_else(|| workload.replicas(), |scaler| number(&scaler.value, "spec.minReplicas"))
}

fn budget_target(scene: &Scene<'_>, findings: &mut Findings) {
    for budget in scene.of_kind("PodDisruptionBudget") {
        let selector = at(&budget.value, "spec.selector");
        let selected: Vec<_> =
            scene.workloads_in(budget.space()).filter(|own| selects(selector, &own.labels)).collect();
        let taken = number(&budget.value, "spec.maxUnavailable");
        if !matches!(selected.as_slice(), [one] if least(scene, one) > taken) {
            let sentence = "it is not for one Deployment or StatefulSet of more pods than it may take away";
            findings.push(budget.finding("budget-target", sentence));
        }
    }
}

fn budget_present(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        let budgets =
            scene.of_kind("PodDisruptionBudget").iter().filter(|budget| budget.space() == workload.namespace());
        let count = budgets.filter(|budget| selects(at(&budget.value, "spec.selector"), &workload.labels)).count();
        if least(scene, workload).is_some_and(|least| least > 1) && count != 1 {
            findings.push(workload.document.finding("budget-present", format!("it has {count} budgets, not one")));
        }
    }
}

fn autoscaler_target(scene: &Scene<'_>, findings: &mut Findings) {
    for scaler in scene.of_kind("HorizontalPodAutoscaler") {
        let found = scene
            .workloads
            .iter()
            .find(|workload| autoscaler_of(scene, workload).is_some_and(|other| std::ptr::eq(other, *scaler)));
        if found.is_none() {
            findings
                .push(scaler.finding("autoscaler-target", "what it scales does not exist, or another one scales it"));
        }
    }
}

fn replicas_owner(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in scene.workloads.iter().filter(|workload| workload.is_replicated()) {
        let says = has(&workload.document.value, "spec.replicas");
        if says == autoscaler_of(scene, workload).is_some() {
            findings.push(
                workload.document.finding("replicas-owner", "both or neither of the two say how many pods there are"),
            );
        }
    }
}

fn autoscaler_bounds(scene: &Scene<'_>, findings: &mut Findings) {
    for scaler in scene.of_kind("HorizontalPodAutoscaler") {
        let in_order = number(&scaler.value, "spec.minReplicas") <= number(&scaler.value, "spec.maxReplicas");
        let of_type = list(&scaler.value, "spec.metrics").iter().all(|metric| match text(metric, "type") {
            "Resource" => has(metric, "resource"),
            _ => has(metric, "containerResource"),
        });
        if !in_order || !of_type {
            findings.push(
                scaler.finding("autoscaler-bounds", "the bounds are out of order, or a metric is not of its type"),
            );
        }
    }
}

fn autoscaler_measure(scene: &Scene<'_>, findings: &mut Findings) {
    for scaler in scene.of_kind("HorizontalPodAutoscaler") {
        let own = text(&scaler.value, "spec.scaleTargetRef.name");
        let metrics = list(&scaler.value, "spec.metrics").iter().filter(|metric| has(metric, "containerResource"));
        if metrics.map(|metric| text(metric, "containerResource.container")).any(|container| container != own) {
            findings.push(scaler.finding("autoscaler-measure", "it measures another container than the workload's"));
        }
    }
}
