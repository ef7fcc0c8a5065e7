//! Workloads: Deployments and CronJobs around a pod template.

use k8s_openapi::api::apps::v1::{Deployment, DeploymentSpec, DeploymentStrategy};
use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, JobSpec, JobTemplateSpec};

use super::pod;
use crate::graph::{Graph, Kind, Scale, Service, Strategy};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};

/// The workload of a service.
pub(super) fn workload(graph: &Graph, service: &Service, place: &Place) -> Manifest {
    let metadata = meta::of_service(service.id, service.id.name.to_string(), Wave::Workload, Treatment::Plain);
    let template = pod::template(&graph.cluster, service);
    match service.kind {
        Kind::Deployment { scale, strategy } => place.manifest(&Deployment {
            metadata,
            spec: Some(DeploymentSpec {
                // An autoscaler owns the number: a second owner would be a difference for ever.
                replicas: match scale {
                    Scale::Fixed(replicas) => Some(i32::from(replicas)),
                    Scale::Between { .. } => None,
                },
                selector: meta::selector(service.id),
                strategy: match strategy {
                    Strategy::Rolling => None,
                    Strategy::Recreate => {
                        Some(DeploymentStrategy { type_: Some("Recreate".to_owned()), rolling_update: None })
                    }
                },
                template,
                ..DeploymentSpec::default()
            }),
            status: None,
        }),
        Kind::CronJob { schedule, deadline, retries } => place.manifest(&CronJob {
            metadata,
            spec: Some(CronJobSpec {
                schedule: schedule.to_string(),
                concurrency_policy: Some("Forbid".to_owned()),
                job_template: JobTemplateSpec {
                    metadata: None,
                    spec: Some(JobSpec {
                        active_deadline_seconds: deadline.map(i64::from),
                        backoff_limit: retries.map(i32::from),
                        template,
                        ..JobSpec::default()
                    }),
                },
                ..CronJobSpec::default()
            }),
            status: None,
        }),
    }
}
