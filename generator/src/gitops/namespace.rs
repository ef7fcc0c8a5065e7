//! Namespaces of the service tier: under Pod Security's `restricted`, in the mesh, and ours.

use k8s_openapi::api::core::v1::Namespace;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::graph::Facts;
use crate::manifest::{Manifest, Place};
use crate::mesh;
use crate::meta::{self, Treatment, Wave};

/// The namespace itself. It outlives its declaration, since claims live in it.
pub(crate) fn namespace(facts: &Facts, namespace: casemate_dsl::word::Namespace, place: &Place) -> Manifest {
    let version = format!("v{}", facts.kubernetes.version);
    let mut labels = meta::managed_by_casemate();
    for mode in ["enforce", "audit", "warn"] {
        labels.insert(format!("pod-security.kubernetes.io/{mode}"), "restricted".to_owned());
        labels.insert(format!("pod-security.kubernetes.io/{mode}-version"), version.clone());
    }
    labels.insert("casemate.dev/tier".to_owned(), "services".to_owned());
    let mut annotations = meta::annotations(Wave::Namespace, Treatment::Kept);
    annotations.extend(mesh::namespace_annotations());
    let mut manifest = place.manifest(&Namespace {
        metadata: ObjectMeta {
            name: Some(namespace.to_string()),
            labels: Some(labels),
            annotations: Some(annotations),
            ..ObjectMeta::default()
        },
        ..Namespace::default()
    });
    manifest.keeps_data = true;
    manifest
}
