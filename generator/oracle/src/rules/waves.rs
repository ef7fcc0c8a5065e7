//! The order of a sync: waves within each Application.

use std::collections::BTreeMap;

use super::CrossRule;
use super::claims::users;
use super::gitops::owner;
use crate::field::at;
use crate::namespace_wide::is_for_all;
use crate::scene::{Findings, Scene};
use crate::workload::Workload;
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "wave-order",
        sentence: "namespaces come first, then what shuts them, then identities, secrets and policies, then workloads, then records",
        check: wave_order,
    },
    CrossRule { name: "wave-project", sentence: "no AppProject comes after an Application", check: wave_project },
    CrossRule {
        name: "wave-claim",
        sentence: "nothing of an Application comes in a later wave than a claim that is pending until a pod of that wave wants it",
        check: wave_claim,
    },
];

/// The wave of an object; 0 without one.
fn wave(document: &Document) -> i64 {
    let wave = at(&document.value, "metadata.annotations").get("argocd.argoproj.io/sync-wave");
    wave.and_then(|wave| wave.as_str()).and_then(|wave| wave.parse().ok()).unwrap_or_default()
}

/// The rank of an object: lower ranks have to be in earlier waves.
///
/// Within one wave Argo CD sorts built-in kinds by a list of its own, and custom resources after all of them. So custom
/// resources need a wave of their own before the workloads; what built-in kinds need among themselves that list gives.
fn rank(document: &Document) -> Option<i64> {
    match document.kind.as_str() {
        "Namespace" => Some(0),
        "NetworkPolicy" if is_for_all(document) => Some(1),
        "EgressNetwork" | "ResourceQuota" | "LimitRange" => Some(1),
        "ServiceAccount"
        | "OnePasswordItem"
        | "Server"
        | "AuthorizationPolicy"
        | "MeshTLSAuthentication"
        | "NetworkAuthentication"
        | "Issuer"
        | "Certificate"
        | "NetworkPolicy"
        | "TLSRoute"
        | "TCPRoute"
        | "HTTPRoute" => Some(2),
        "DNSEndpoint" => Some(4),
        _ => Workload::of(document).map(|_| 3),
    }
}

fn by_application<'a>(scene: &Scene<'a>) -> BTreeMap<&'a str, Vec<&'a Document>> {
    let mut groups: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in scene.documents {
        if let Some(application) = owner(scene, document) {
            groups.entry(&application.name).or_default().push(document);
        }
    }
    groups
}

fn wave_order(scene: &Scene<'_>, findings: &mut Findings) {
    for group in by_application(scene).values() {
        let placed: Vec<_> =
            group.iter().filter_map(|document| Some((*document, rank(document)?, wave(document)))).collect();
        for (later, rank, wave) in &placed {
            let wrong = placed.iter().find(|(_, earlier_rank, earlier)| earlier_rank < rank && earlier >= wave);
            if let Some((earlier, _, earlier_wave)) = wrong {
                let sentence =
                    format!("{} (wave {earlier_wave}) does not come before it (wave {wave})", earlier.object());
                findings.push(later.finding("wave-order", sentence));
            }
        }
    }
}

fn wave_project(scene: &Scene<'_>, findings: &mut Findings) {
    for group in by_application(scene).values() {
        let applications = group.iter().filter(|document| document.kind == "Application");
        let Some(first) = applications.map(|application| wave(application)).min() else { continue };
        for project in group.iter().filter(|document| document.kind == "AppProject" && wave(document) > first) {
            findings.push(project.finding("wave-project", "an Application comes before it"));
        }
    }
}

fn wave_claim(scene: &Scene<'_>, findings: &mut Findings) {
    for group in by_application(scene).values() {
        let last = group.iter().map(|document| wave(document)).max().unwrap_or_default();
        for claim in group.iter().filter(|document| document.kind == "PersistentVolumeClaim" && wave(document) < last) {
            // A CronJob's pods come when its schedule says so, and those of other Applications when somebody syncs those.
            let wants = |own: &&Workload<'_>| {
                own.document.kind != "CronJob"
                    && wave(own.document) <= wave(claim)
                    && group.iter().any(|document| std::ptr::eq(*document, own.document))
            };
            if !users(scene, claim).iter().any(wants) {
                let sentence = "Argo CD waits for it to be bound before the next wave, and no pod wants it before that";
                findings.push(claim.finding("wave-claim", sentence));
            }
        }
    }
}
