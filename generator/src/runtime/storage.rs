//! Claims. They outlive the declaration: Argo CD neither prunes nor deletes them, unless they were declared disposable.

use std::collections::BTreeMap;

use casemate_dsl::view::AccessMode;
use casemate_dsl::word::Namespace;
use k8s_openapi::api::apps::v1::StatefulSetPersistentVolumeClaimRetentionPolicy;
use k8s_openapi::api::core::v1::{PersistentVolumeClaim, PersistentVolumeClaimSpec, VolumeResourceRequirements};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::graph::{ClaimNode, NamespaceNode, Service};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};

/// With the workloads, never before: a claim may wait for its first pod, and Argo CD would wait for the claim before it goes on.
const WAVE: Wave = Wave::Workload;

/// The claims of one service.
pub(super) fn own_claims(service: &Service, place: &Place) -> Vec<Manifest> {
    service
        .claims
        .iter()
        .map(|(name, claim)| {
            manifest(meta::of_service(service.id, name.clone(), WAVE, treatment(*claim)), *claim, place)
        })
        .collect()
}

/// The templates of a StatefulSet's claims, from which each pod gets one; Argo CD does not own those.
pub(super) fn templates(service: &Service) -> Vec<PersistentVolumeClaim> {
    service
        .templates
        .iter()
        .map(|(name, claim)| PersistentVolumeClaim {
            metadata: ObjectMeta {
                name: Some(name.clone()),
                labels: Some(meta::labels(service.id)),
                ..ObjectMeta::default()
            },
            // What the API server would add, and Argo CD then take for a difference.
            spec: Some(PersistentVolumeClaimSpec { volume_mode: Some("Filesystem".to_owned()), ..spec(*claim) }),
            status: None,
        })
        .collect()
}

/// What becomes of the claims of pods that are gone: they stay, unless all of them are disposable.
pub(super) fn retention(service: &Service) -> Option<StatefulSetPersistentVolumeClaimRetentionPolicy> {
    if service.templates.is_empty() {
        return None;
    }
    let policy = if service.templates.values().all(|claim| claim.disposable) { "Delete" } else { "Retain" };
    Some(StatefulSetPersistentVolumeClaimRetentionPolicy {
        when_deleted: Some(policy.to_owned()),
        when_scaled: Some(policy.to_owned()),
    })
}

/// The claims that services of a namespace share.
pub(crate) fn shared_claims(namespace: Namespace, node: &NamespaceNode, place: &Place) -> Vec<Manifest> {
    node.claims
        .iter()
        .map(|(name, claim)| {
            manifest(meta::of_namespace(namespace, name.to_string(), WAVE, treatment(*claim)), *claim, place)
        })
        .collect()
}

const fn treatment(claim: ClaimNode) -> Treatment {
    if claim.disposable { Treatment::Plain } else { Treatment::Kept }
}

fn manifest(mut metadata: ObjectMeta, claim: ClaimNode, place: &Place) -> Manifest {
    if claim.disposable {
        // Said in the tree, so that a reviewer can tell it from a claim whose protection was lost.
        metadata.labels.get_or_insert_default().insert("casemate.dev/data".to_owned(), "disposable".to_owned());
    }
    let mut manifest = place.manifest(&PersistentVolumeClaim { metadata, spec: Some(spec(claim)), status: None });
    manifest.keeps_data = !claim.disposable;
    manifest
}

/// What a claim asks for.
fn spec(claim: ClaimNode) -> PersistentVolumeClaimSpec {
    // Whether its data may go stands in its metadata.
    let ClaimNode { size, class, mode, disposable: _ } = claim;
    let mode = match mode {
        AccessMode::ReadWriteOnce => "ReadWriteOnce",
        AccessMode::ReadWriteOncePod => "ReadWriteOncePod",
        AccessMode::ReadWriteMany => "ReadWriteMany",
    };
    PersistentVolumeClaimSpec {
        access_modes: Some(vec![mode.to_owned()]),
        storage_class_name: Some(class.to_string()),
        resources: Some(VolumeResourceRequirements {
            requests: Some(BTreeMap::from([("storage".to_owned(), Quantity(size.to_string()))])),
            limits: None,
        }),
        ..PersistentVolumeClaimSpec::default()
    }
}
