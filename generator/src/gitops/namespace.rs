//! Namespaces of the service tier: under Pod Security's `restricted`, in the mesh, and ours.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Namespace;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::graph::Facts;
use crate::manifest::{Manifest, Place};
use crate::mesh;
use crate::meta::{self, Treatment, Wave};

/// The namespace itself. It outlives its declaration, since claims live in it.
pub(crate) fn namespace(facts: &Facts, namespace: casemate_dsl::word::Namespace, place: &Place) -> Manifest {
    let mut labels = meta::managed_by_casemate();
    labels.extend(meta::pod_security("restricted", facts.kubernetes.version));
    labels.insert(meta::TIER.to_owned(), "services".to_owned());
    let mut annotations = meta::annotations(Wave::Namespace, Treatment::Kept);
    annotations.extend(mesh::namespace_annotations());
    kept(namespace.to_string(), labels, annotations, place)
}

/// A namespace of any tier, which outlives its declaration.
pub(crate) fn kept(
    name: String,
    labels: BTreeMap<String, String>,
    annotations: BTreeMap<String, String>,
    place: &Place,
) -> Manifest {
    let metadata =
        ObjectMeta { name: Some(name), labels: Some(labels), annotations: Some(annotations), ..ObjectMeta::default() };
    let mut manifest = place.manifest(&Namespace { metadata, ..Namespace::default() });
    manifest.keeps_data = true;
    manifest
}
