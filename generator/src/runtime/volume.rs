//! Volumes of pods: each with a size limit, a mode or a claim, none of the node's.

use casemate_dsl::view::PodField;
use k8s_openapi::api::core::v1::{
    ConfigMapProjection, ConfigMapVolumeSource, DownwardAPIProjection, DownwardAPIVolumeFile, EmptyDirVolumeSource,
    KeyToPath, PersistentVolumeClaimVolumeSource, ProjectedVolumeSource, SecretVolumeSource,
    ServiceAccountTokenProjection, Volume, VolumeProjection,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use super::downward;
use crate::graph::{self, Service, VolumeSource};

/// A volume of this name.
pub(super) fn volume(service: &Service, name: &str, volume: &graph::Volume) -> Volume {
    let mut rendered = Volume { name: name.to_owned(), ..Volume::default() };
    match &volume.source {
        VolumeSource::Scratch { size, in_memory } => {
            rendered.empty_dir = Some(EmptyDirVolumeSource {
                medium: in_memory.then(|| "Memory".to_owned()),
                size_limit: Some(Quantity(size.to_string())),
            });
        }
        VolumeSource::Config => {
            rendered.config_map = service
                .config
                .as_ref()
                .map(|config| ConfigMapVolumeSource { name: config.name.clone(), ..ConfigMapVolumeSource::default() });
        }
        VolumeSource::Secret { secret, keys } => {
            rendered.secret = Some(SecretVolumeSource {
                secret_name: Some(secret.clone()),
                items: Some(keys.iter().map(|key| key_to_path(key)).collect()),
                default_mode: Some(0o440),
                ..SecretVolumeSource::default()
            });
        }
        VolumeSource::Claim { claim } => {
            rendered.persistent_volume_claim =
                Some(PersistentVolumeClaimVolumeSource { claim_name: claim.clone(), read_only: None });
        }
        VolumeSource::Token => rendered.projected = Some(token()),
    }
    rendered
}

fn key_to_path(key: &str) -> KeyToPath {
    KeyToPath { key: key.to_owned(), path: key.to_owned(), mode: None }
}

/// What the kubelet would mount into every container, for the one that asked for it.
fn token() -> ProjectedVolumeSource {
    let source = VolumeProjection::default;
    ProjectedVolumeSource {
        default_mode: Some(0o440),
        sources: Some(vec![
            VolumeProjection {
                service_account_token: Some(ServiceAccountTokenProjection {
                    path: "token".to_owned(),
                    expiration_seconds: Some(3607),
                    audience: None,
                }),
                ..source()
            },
            VolumeProjection {
                config_map: Some(ConfigMapProjection {
                    name: "kube-root-ca.crt".to_owned(),
                    items: Some(vec![key_to_path("ca.crt")]),
                    optional: None,
                }),
                ..source()
            },
            VolumeProjection {
                downward_api: Some(DownwardAPIProjection {
                    items: Some(vec![DownwardAPIVolumeFile {
                        path: "namespace".to_owned(),
                        field_ref: Some(downward::field(PodField::Namespace)),
                        ..DownwardAPIVolumeFile::default()
                    }]),
                }),
                ..source()
            },
        ]),
    }
}
