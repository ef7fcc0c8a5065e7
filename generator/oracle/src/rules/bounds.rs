//! What a namespace and its containers may use.

use serde_json::Value;

use super::CrossRule;
use crate::field::{at, list, number, text};
use crate::quantity::milli;
use crate::scene::{Findings, Scene};
use crate::workload::Workload;
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "limits-hold",
        sentence: "what a LimitRange asks of containers is possible, and every container of its namespace meets it",
        check: limits_hold,
    },
    CrossRule {
        name: "quota-holds",
        sentence: "what the workloads of a namespace ask for at least is within its quota",
        check: quota_holds,
    },
];

/// Whether an amount lies between the bounds that there are.
fn is_within(item: &Value, resource: &str, amount: &str) -> bool {
    let bound = |end: &str| milli(text(at(item, end), resource));
    let Some(amount) = milli(amount) else { return true };
    bound("max").is_none_or(|most| amount <= most) && bound("min").is_none_or(|least| least <= amount)
}

fn limits_hold(scene: &Scene<'_>, findings: &mut Findings) {
    for range in scene.of_kind("LimitRange") {
        for item in list(&range.value, "spec.limits") {
            for resource in ["cpu", "memory"] {
                let least = text(at(item, "min"), resource);
                if !is_within(item, resource, least) {
                    findings.push(range.finding("limits-hold", format!("the least {resource} is above the most")));
                }
                let exceeds = |container: &Value| {
                    ["resources.requests", "resources.limits"]
                        .iter()
                        .any(|of| !is_within(item, resource, text(at(container, of), resource)))
                };
                for workload in scene.workloads_in(range.space()).filter(|own| own.containers().any(exceeds)) {
                    let sentence =
                        format!("the limits of its namespace refuse the {resource} of one of its containers");
                    findings.push(workload.document.finding("limits-hold", sentence));
                }
            }
        }
    }
}

/// How many pods a workload has at least at one time, nodes not known.
fn pods(scene: &Scene<'_>, workload: &Workload<'_>) -> u128 {
    let scaler = super::budgets::autoscaler_of(scene, workload);
    let least = scaler.map_or_else(|| workload.replicas(), |scaler| number(&scaler.value, "spec.minReplicas"));
    least.and_then(|least| least.try_into().ok()).unwrap_or(1)
}

/// What the ordinary containers of a namespace's pods ask for; proxies and sidecars come on top.
fn asked(scene: &Scene<'_>, quota: &Document, of: &str, resource: &str) -> u128 {
    let of_pod = |workload: &Workload<'_>| -> u128 {
        let containers = list(workload.spec, "containers").iter();
        containers.filter_map(|container| milli(text(at(container, of), resource))).sum()
    };
    scene.workloads_in(quota.space()).map(|workload| pods(scene, workload) * of_pod(workload)).sum()
}

fn quota_holds(scene: &Scene<'_>, findings: &mut Findings) {
    for quota in scene.of_kind("ResourceQuota") {
        let claims = |own: &&&Document| own.space() == quota.space();
        let own_claims: Vec<_> = scene.of_kind("PersistentVolumeClaim").iter().filter(claims).collect();
        let templates = scene.workloads_in(quota.space()).flat_map(|workload| {
            workload.claim_templates().iter().map(move |template| (pods(scene, workload), template))
        });
        let all_claims: Vec<_> = own_claims.iter().map(|claim| (1, &claim.value)).chain(templates).collect();
        let size = |(count, claim): &(u128, &Value)| {
            milli(text(claim, "spec.resources.requests.storage")).map(|size| count * size)
        };
        let own = scene.workloads_in(quota.space()).filter(|workload| workload.has_template());
        let needed = [
            ("requests.cpu", asked(scene, quota, "resources.requests", "cpu")),
            ("requests.memory", asked(scene, quota, "resources.requests", "memory")),
            ("limits.memory", asked(scene, quota, "resources.limits", "memory")),
            ("pods", own.map(|workload| 1_000 * pods(scene, workload)).sum()),
            ("requests.storage", all_claims.iter().filter_map(size).sum()),
            ("persistentvolumeclaims", all_claims.iter().map(|(count, _)| 1_000 * count).sum()),
        ];
        let hard = at(&quota.value, "spec.hard");
        for (key, needed) in needed {
            if hard.get(key).and_then(|most| milli(most.as_str()?)).is_some_and(|most| needed > most) {
                findings.push(quota.finding("quota-holds", format!("the workloads ask for more {key} than it allows")));
            }
        }
    }
}
