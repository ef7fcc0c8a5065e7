//! Pods: in the mesh, in their own account, without a token unless one was declared.

use k8s_openapi::api::core::v1::{
    ConfigMapProjection, ConfigMapVolumeSource, DownwardAPIProjection, DownwardAPIVolumeFile, EmptyDirVolumeSource,
    KeyToPath, LocalObjectReference, ObjectFieldSelector, PersistentVolumeClaimVolumeSource, PodSecurityContext,
    PodSpec, PodTemplateSpec, ProjectedVolumeSource, SeccompProfile, SecretVolumeSource, ServiceAccountTokenProjection,
    TopologySpreadConstraint, Volume, VolumeProjection,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::container::{container, non_empty};
use crate::graph::{self, Facts, Kind, Service, VolumeSource};
use crate::{mesh, meta};

/// The template of a service's pods.
pub(super) fn template(facts: &Facts, service: &Service) -> PodTemplateSpec {
    let graph::Pod { containers, volumes, group, pull_secrets } = &service.pod;
    let spec = PodSpec {
        service_account_name: Some(service.id.name.to_string()),
        automount_service_account_token: Some(false),
        enable_service_links: Some(false),
        restart_policy: match service.kind {
            Kind::Deployment { .. } => None,
            Kind::CronJob { .. } => Some("OnFailure".to_owned()),
        },
        security_context: Some(PodSecurityContext {
            run_as_non_root: Some(true),
            fs_group: Some(i64::from(*group)),
            fs_group_change_policy: Some("OnRootMismatch".to_owned()),
            seccomp_profile: Some(SeccompProfile { type_: "RuntimeDefault".to_owned(), localhost_profile: None }),
            ..PodSecurityContext::default()
        }),
        image_pull_secrets: non_empty(
            pull_secrets.iter().map(|name| LocalObjectReference { name: name.clone() }).collect(),
        ),
        topology_spread_constraints: spread(service),
        containers: containers.iter().map(container).collect(),
        volumes: non_empty(volumes.iter().map(|(name, volume)| self::volume(service, name, volume)).collect()),
        ..PodSpec::default()
    };
    PodTemplateSpec {
        metadata: Some(ObjectMeta {
            labels: Some(meta::labels(service.id)),
            annotations: Some(mesh::pod_annotations(facts)),
            ..ObjectMeta::default()
        }),
        spec: Some(spec),
    }
}

/// Several pods of one service stand on several nodes where they can.
fn spread(service: &Service) -> Option<Vec<TopologySpreadConstraint>> {
    let Kind::Deployment { scale, .. } = service.kind else { return None };
    (scale.most() > 1).then(|| {
        vec![TopologySpreadConstraint {
            max_skew: 1,
            topology_key: "kubernetes.io/hostname".to_owned(),
            when_unsatisfiable: "ScheduleAnyway".to_owned(),
            label_selector: Some(meta::selector(service.id)),
            ..TopologySpreadConstraint::default()
        }]
    })
}

fn volume(service: &Service, name: &str, volume: &graph::Volume) -> Volume {
    let mut rendered = Volume { name: name.to_owned(), ..Volume::default() };
    match &volume.source {
        VolumeSource::Scratch { size } => {
            rendered.empty_dir = Some(EmptyDirVolumeSource {
                size_limit: Some(Quantity(size.to_string())),
                ..EmptyDirVolumeSource::default()
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
                        field_ref: Some(ObjectFieldSelector {
                            api_version: Some("v1".to_owned()),
                            field_path: "metadata.namespace".to_owned(),
                        }),
                        ..DownwardAPIVolumeFile::default()
                    }]),
                }),
                ..source()
            },
        ]),
    }
}
