//! Pods: in the mesh, in their own account, without a token unless one was declared.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{
    LocalObjectReference, PodSecurityContext, PodSpec, PodTemplateSpec, SeccompProfile, Sysctl,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::container::{container, init_container, non_empty};
use super::placement;
use super::volume::volume;
use crate::graph::{self, Facts, Metrics, Service};
use crate::{mesh, meta};

/// The template of a service's pods.
pub(super) fn template(facts: &Facts, service: &Service) -> PodTemplateSpec {
    let graph::Pod { containers, init_containers, volumes, group, groups, grace_period, pull_secrets } = &service.pod;
    let spec = PodSpec {
        service_account_name: Some(service.id.name.to_string()),
        automount_service_account_token: Some(false),
        enable_service_links: Some(false),
        restart_policy: service.kind.ends().then(|| "OnFailure".to_owned()),
        termination_grace_period_seconds: grace_period.map(i64::from),
        security_context: Some(PodSecurityContext {
            run_as_non_root: Some(true),
            fs_group: Some(i64::from(*group)),
            fs_group_change_policy: Some("OnRootMismatch".to_owned()),
            supplemental_groups: non_empty(groups.iter().map(|group| i64::from(*group)).collect()),
            seccomp_profile: Some(SeccompProfile { type_: "RuntimeDefault".to_owned(), localhost_profile: None }),
            sysctls: low_ports(service),
            ..PodSecurityContext::default()
        }),
        image_pull_secrets: non_empty(
            pull_secrets.iter().map(|name| LocalObjectReference { name: name.clone() }).collect(),
        ),
        init_containers: non_empty(init_containers.iter().map(init_container).collect()),
        containers: containers.iter().map(container).collect(),
        volumes: non_empty(volumes.iter().map(|(name, volume)| self::volume(service, name, volume)).collect()),
        ..placement::placed(service)
    };
    PodTemplateSpec {
        metadata: Some(ObjectMeta {
            labels: Some(meta::labels(service.id)),
            annotations: Some(annotations(facts, service)),
            ..ObjectMeta::default()
        }),
        spec: Some(spec),
    }
}

/// What the mesh and the scraper read of a pod.
fn annotations(facts: &Facts, service: &Service) -> BTreeMap<String, String> {
    let mut annotations = mesh::pod_annotations(facts);
    if let (Some(_), Some(Metrics { port, path })) = (&facts.observability, service.metrics) {
        let scrape = [("scrape", "true".to_owned()), ("port", port.to_string()), ("path", path.to_string())];
        annotations.extend(scrape.map(|(key, value)| (format!("prometheus.io/{key}"), value)));
    }
    annotations
}

/// Ports below 1024 without a capability: the pod's own network namespace asks none for them. *Pod Security Standards* count this one
/// sysctl as safe.
fn low_ports(service: &Service) -> Option<Vec<Sysctl>> {
    let lowest = service.ports.keys().chain(&service.udp).min().filter(|port| **port < 1024)?;
    Some(vec![Sysctl { name: "net.ipv4.ip_unprivileged_port_start".to_owned(), value: lowest.to_string() }])
}
