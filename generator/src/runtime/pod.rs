//! Pods: in the mesh, in their own account, without a token unless one was declared.

use k8s_openapi::api::core::v1::{
    LocalObjectReference, PodSecurityContext, PodSpec, PodTemplateSpec, SeccompProfile, TopologySpreadConstraint,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::container::{container, non_empty};
use super::volume::volume;
use crate::graph::{self, Facts, Kind, Service};
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
