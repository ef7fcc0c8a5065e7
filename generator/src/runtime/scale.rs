//! Scale: autoscalers, and budgets that leave a drain possible.

use k8s_openapi::api::autoscaling::v2::{
    ContainerResourceMetricSource, CrossVersionObjectReference, HorizontalPodAutoscaler, HorizontalPodAutoscalerSpec,
    MetricSpec, MetricTarget,
};
use k8s_openapi::api::policy::v1::{PodDisruptionBudget, PodDisruptionBudgetSpec};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::graph::{Kind, Scale, Service};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};

/// The autoscaler of a service, and its budget where it has two pods or more.
pub(super) fn manifests(service: &Service, place: &Place) -> Vec<Manifest> {
    let Some(scale) = service.kind.scale() else { return Vec::new() };
    let mut manifests = Vec::new();
    if let Scale::Between { least, most, cpu_percent } = scale {
        manifests.push(place.manifest(&autoscaler(service, least, most, cpu_percent)));
    }
    if scale.least() > 1 {
        manifests.push(place.manifest(&budget(service)));
    }
    manifests
}

fn autoscaler(service: &Service, least: u16, most: u16, cpu_percent: u16) -> HorizontalPodAutoscaler {
    let name = service.id.name.to_string();
    HorizontalPodAutoscaler {
        metadata: meta::of_service(service.id, name.clone(), Wave::Workload, Treatment::Plain),
        spec: Some(HorizontalPodAutoscalerSpec {
            scale_target_ref: CrossVersionObjectReference {
                api_version: Some("apps/v1".to_owned()),
                kind: match service.kind {
                    Kind::StatefulSet { .. } => "StatefulSet",
                    Kind::Deployment { .. }
                    | Kind::DaemonSet { .. }
                    | Kind::Job { .. }
                    | Kind::CronJob { .. }
                    | Kind::Created { .. } => "Deployment",
                }
                .to_owned(),
                name,
            },
            min_replicas: Some(i32::from(least)),
            max_replicas: i32::from(most),
            metrics: Some(vec![MetricSpec {
                // Of this container, and not of the proxy beside it.
                type_: "ContainerResource".to_owned(),
                container_resource: Some(ContainerResourceMetricSource {
                    name: "cpu".to_owned(),
                    container: service.id.name.to_string(),
                    target: MetricTarget {
                        type_: "Utilization".to_owned(),
                        average_utilization: Some(i32::from(cpu_percent)),
                        ..MetricTarget::default()
                    },
                }),
                ..MetricSpec::default()
            }]),
            behavior: None,
        }),
        status: None,
    }
}

fn budget(service: &Service) -> PodDisruptionBudget {
    PodDisruptionBudget {
        metadata: meta::of_service(service.id, service.id.name.to_string(), Wave::Foundation, Treatment::Plain),
        spec: Some(PodDisruptionBudgetSpec {
            max_unavailable: Some(IntOrString::Int(1)),
            selector: Some(meta::selector(service.id)),
            ..PodDisruptionBudgetSpec::default()
        }),
        status: None,
    }
}
