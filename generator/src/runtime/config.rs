//! ConfigMaps: immutable, and named after their contents, so that a change rolls the pods.

use k8s_openapi::api::core::v1::ConfigMap;

use crate::graph::Service;
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};

/// The ConfigMap of a service. Its file is named without the hash: a reviewer sees a change, not a removal and an addition.
pub(super) fn config_map(service: &Service, place: &Place) -> Option<Manifest> {
    let config = service.config.as_ref()?;
    let mut manifest = place.manifest(&ConfigMap {
        metadata: meta::of_service(service.id, config.name.clone(), Wave::Foundation, Treatment::Plain),
        data: Some(config.files.clone()),
        immutable: Some(true),
        ..ConfigMap::default()
    });
    manifest.file = format!("configmap-{}-config.yaml", service.id.name);
    Some(manifest)
}
