//! Workloads around a pod template.

use k8s_openapi::api::apps::v1::{
    DaemonSet, DaemonSetSpec, DaemonSetUpdateStrategy, Deployment, DeploymentSpec, DeploymentStrategy,
    RollingUpdateDaemonSet, RollingUpdateDeployment, StatefulSet, StatefulSetSpec,
};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::container::non_empty;
use super::{job, pod, storage};
use crate::graph::{Graph, Kind, Scale, Service, Strategy};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};

/// The workload of a service; none of pods that another one creates.
pub(super) fn workload(graph: &Graph, service: &Service, place: &Place) -> Option<Manifest> {
    let metadata = meta::of_service(service.id, service.id.name.to_string(), Wave::Workload, Treatment::Plain);
    let template = pod::template(&graph.cluster, service);
    let selector = meta::selector(service.id);
    let revision_history_limit = service.revisions.map(i32::from);
    let workload = match service.kind {
        Kind::Deployment { scale, strategy } => place.manifest(&Deployment {
            metadata,
            spec: Some(DeploymentSpec {
                replicas: replicas(scale),
                selector,
                strategy: self::strategy(strategy),
                revision_history_limit,
                template,
                ..DeploymentSpec::default()
            }),
            status: None,
        }),
        Kind::StatefulSet { scale, parallel } => place.manifest(&StatefulSet {
            metadata,
            spec: Some(StatefulSetSpec {
                replicas: replicas(scale),
                selector,
                service_name: super::is_published(service).then(|| service.id.name.to_string()),
                pod_management_policy: parallel.then(|| "Parallel".to_owned()),
                revision_history_limit,
                template,
                volume_claim_templates: non_empty(storage::templates(service)),
                persistent_volume_claim_retention_policy: storage::retention(service),
                ..StatefulSetSpec::default()
            }),
            status: None,
        }),
        Kind::DaemonSet { max_unavailable } => place.manifest(&DaemonSet {
            metadata,
            spec: Some(DaemonSetSpec {
                selector,
                update_strategy: max_unavailable.map(|nodes| DaemonSetUpdateStrategy {
                    type_: Some("RollingUpdate".to_owned()),
                    rolling_update: Some(RollingUpdateDaemonSet {
                        max_unavailable: Some(IntOrString::Int(i32::from(nodes))),
                        max_surge: None,
                    }),
                }),
                revision_history_limit,
                template,
                ..DaemonSetSpec::default()
            }),
            status: None,
        }),
        Kind::Created { by: _ } => return None,
        Kind::Job { run } => job::job(service, run, template, place),
        Kind::CronJob { schedule, run } => place.manifest(&job::cron_job(metadata, schedule, run, template)),
    };
    Some(workload)
}

/// An autoscaler owns the number: a second owner would be a difference for ever.
fn replicas(scale: Scale) -> Option<i32> {
    match scale {
        Scale::Fixed(replicas) => Some(i32::from(replicas)),
        Scale::Between { .. } => None,
    }
}

fn strategy(strategy: Strategy) -> Option<DeploymentStrategy> {
    match strategy {
        Strategy::Default => None,
        Strategy::Rolling { surge, unavailable } => Some(DeploymentStrategy {
            type_: Some("RollingUpdate".to_owned()),
            rolling_update: Some(RollingUpdateDeployment {
                max_surge: Some(IntOrString::Int(i32::from(surge))),
                max_unavailable: Some(IntOrString::Int(i32::from(unavailable))),
            }),
        }),
        Strategy::Recreate => Some(DeploymentStrategy { type_: Some("Recreate".to_owned()), rolling_update: None }),
    }
}
