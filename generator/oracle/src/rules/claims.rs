//! Persistent volume claims.

use super::CrossRule;
use crate::field::{at, number, text, texts};
use crate::scene::{Findings, Scene};
use crate::workload::Workload;
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "claim-exists",
        sentence: "every claim that a pod mounts is in its namespace, or one that the oracle was told of",
        check: claim_exists,
    },
    CrossRule { name: "claim-used", sentence: "every claim is mounted by a pod", check: claim_used },
    CrossRule {
        name: "claim-shared",
        sentence: "a claim of one node's is mounted by one workload only",
        check: claim_shared,
    },
    CrossRule {
        name: "claim-one-pod",
        sentence: "a workload with a claim of one node's has one pod at a time",
        check: claim_one_pod,
    },
    CrossRule {
        name: "claim-kept",
        sentence: "a claim outlives its declaration, or says that its data are disposable; never both, never neither",
        check: claim_kept,
    },
];

fn claim_kept(scene: &Scene<'_>, findings: &mut Findings) {
    for claim in scene.of_kind("PersistentVolumeClaim") {
        let has = |pointer: &str| claim.value.pointer(pointer).is_some();
        let kept = has("/metadata/annotations/argocd.argoproj.io~1sync-options")
            && has("/metadata/annotations/argocd.argoproj.io~1compare-options");
        if kept == has("/metadata/labels/casemate.dev~1data") {
            findings.push(claim.finding("claim-kept", "its data are neither kept nor disposable, or both"));
        }
    }
}

fn claims_of<'a>(workload: &Workload<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let volumes = workload.volumes().iter();
    volumes.map(|volume| text(volume, "persistentVolumeClaim.claimName")).filter(|name| !name.is_empty())
}

/// The workloads whose pods mount a claim.
pub(super) fn users<'s, 'a>(scene: &'s Scene<'a>, claim: &Document) -> Vec<&'s Workload<'a>> {
    let name = claim.name.clone();
    scene.workloads_in(claim.space()).filter(|workload| claims_of(workload).any(|mounted| mounted == name)).collect()
}

fn is_of_one_node(claim: &Document) -> bool {
    let modes = texts(&claim.value, "spec.accessModes");
    !modes.contains(&"ReadWriteMany") && !modes.contains(&"ReadOnlyMany")
}

fn claim_exists(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for name in claims_of(workload) {
            let told = scene.peers.claims.contains(&(workload.namespace().to_owned(), name.to_owned()));
            if told == scene.find("PersistentVolumeClaim", workload.namespace(), name).is_some() {
                findings.push(workload.document.finding("claim-exists", format!("there is no claim `{name}`, or two")));
            }
        }
    }
}

fn claim_used(scene: &Scene<'_>, findings: &mut Findings) {
    for claim in scene.of_kind("PersistentVolumeClaim") {
        if users(scene, claim).is_empty() {
            findings.push(claim.finding("claim-used", "no pod of the namespace mounts it"));
        }
    }
}

fn claim_shared(scene: &Scene<'_>, findings: &mut Findings) {
    for claim in scene.of_kind("PersistentVolumeClaim").iter().filter(|claim| is_of_one_node(claim)) {
        let count = users(scene, claim).len();
        if count > 1 {
            findings.push(claim.finding("claim-shared", format!("{count} workloads mount what one node can mount")));
        }
    }
}

fn claim_one_pod(scene: &Scene<'_>, findings: &mut Findings) {
    for claim in scene.of_kind("PersistentVolumeClaim").iter().filter(|claim| is_of_one_node(claim)) {
        for workload in users(scene, claim).into_iter().filter(|workload| !is_one_at_a_time(scene, workload)) {
            let sentence = format!("more than one pod may want the claim `{}` at a time", claim.name);
            findings.push(workload.document.finding("claim-one-pod", sentence));
        }
    }
}

/// Whether a workload never has two pods, not even while one replaces another.
fn is_one_at_a_time(scene: &Scene<'_>, workload: &Workload<'_>) -> bool {
    let one = super::budgets::autoscaler_of(scene, workload).is_none() && workload.replicas() == Some(1);
    let recreated = text(&workload.document.value, "spec.strategy.type") == "Recreate";
    let alone = workload.job().is_some_and(|job| number(job, "parallelism").is_none_or(|pods| pods == 1));
    match workload.document.kind.as_str() {
        "Deployment" => one && recreated,
        "StatefulSet" => one,
        "Job" => alone,
        "CronJob" => {
            let policy = at(&workload.document.value, "spec.concurrencyPolicy").as_str().unwrap_or("Allow");
            alone && policy != "Allow"
        }
        _ => false,
    }
}
