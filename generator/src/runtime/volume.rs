//! Volumes of pods: each with a size limit, a mode or a claim, none of the node's.

use casemate_dsl::view::PodField;
use k8s_openapi::api::core::v1::{
    ConfigMapProjection, ConfigMapVolumeSource, DownwardAPIProjection, EmptyDirVolumeSource, ImageVolumeSource,
    KeyToPath, PersistentVolumeClaimVolumeSource, ProjectedVolumeSource, SecretProjection, SecretVolumeSource,
    ServiceAccountTokenProjection, Volume, VolumeProjection,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use super::downward;
use crate::graph::{self, Directory, Mode, Service, VolumeSource};

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
        VolumeSource::Config { keys } => {
            let is_plain = keys.values().all(|mode| *mode == Mode::Readable);
            let items = keys.iter().map(|(key, mode)| item(key, key, *mode)).collect();
            rendered.config_map = service.config.as_ref().map(|config| ConfigMapVolumeSource {
                name: config.name.clone(),
                items: Some(items).filter(|_| !is_plain),
                ..ConfigMapVolumeSource::default()
            });
        }
        VolumeSource::Directory(directory) => rendered.projected = Some(self::directory(service, directory)),
        VolumeSource::Secret { secret, keys } => {
            rendered.secret = Some(SecretVolumeSource {
                secret_name: Some(secret.clone()),
                items: Some(keys.iter().map(|key| item(key, key, Mode::Readable)).collect()),
                default_mode: Some(0o440),
                ..SecretVolumeSource::default()
            });
        }
        VolumeSource::Image { reference } => {
            rendered.image = Some(ImageVolumeSource {
                reference: Some(reference.clone()),
                pull_policy: Some("IfNotPresent".to_owned()),
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

/// A key as a file at this path of the volume.
fn item(key: &str, path: &str, mode: Mode) -> KeyToPath {
    let mode = match mode {
        Mode::Readable => None,
        Mode::Executable => Some(0o555),
    };
    KeyToPath { key: key.to_owned(), path: path.to_owned(), mode }
}

/// Texts, fields of secrets and fields of the pod, side by side.
fn directory(service: &Service, directory: &Directory) -> ProjectedVolumeSource {
    let Directory { config, secrets, pod } = directory;
    let texts = service.config.as_ref().filter(|_| !config.is_empty()).map(|of_service| VolumeProjection {
        config_map: Some(ConfigMapProjection {
            name: of_service.name.clone(),
            items: Some(config.iter().map(|(path, (key, mode))| item(key, path, *mode)).collect()),
            optional: None,
        }),
        ..VolumeProjection::default()
    });
    let fields = secrets.iter().map(|(secret, keys)| VolumeProjection {
        secret: Some(SecretProjection {
            name: secret.clone(),
            items: Some(keys.iter().map(|(path, key)| item(key, path, Mode::Readable)).collect()),
            optional: None,
        }),
        ..VolumeProjection::default()
    });
    let of_pod = (!pod.is_empty()).then(|| VolumeProjection {
        downward_api: Some(DownwardAPIProjection {
            items: Some(pod.iter().map(|(path, field)| downward::file(path, *field)).collect()),
        }),
        ..VolumeProjection::default()
    });
    ProjectedVolumeSource {
        default_mode: (!secrets.is_empty()).then_some(0o440),
        sources: Some(texts.into_iter().chain(fields).chain(of_pod).collect()),
    }
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
                    items: Some(vec![item("ca.crt", "ca.crt", Mode::Readable)]),
                    optional: None,
                }),
                ..source()
            },
            VolumeProjection {
                downward_api: Some(DownwardAPIProjection {
                    items: Some(vec![downward::file("namespace", PodField::Namespace)]),
                }),
                ..source()
            },
        ]),
    }
}
