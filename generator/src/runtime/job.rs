//! Jobs, and CronJobs around them.

use casemate_dsl::Concurrency;
use casemate_dsl::view::History;
use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, Job, JobSpec, JobTemplateSpec};
use k8s_openapi::api::core::v1::PodTemplateSpec;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use sha2::{Digest, Sha256};

use crate::graph::{Run, Schedule, Service};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};

fn spec(run: Run, template: PodTemplateSpec) -> JobSpec {
    let Run { deadline, retries, completions, parallelism } = run;
    JobSpec {
        active_deadline_seconds: deadline.map(i64::from),
        backoff_limit: retries.map(i32::from),
        completions: completions.map(i32::from),
        parallelism: parallelism.map(i32::from),
        template,
        ..JobSpec::default()
    }
}

/// A Job, named after its template: that cannot be changed, so what differs is another Job. Its file is named without the hash.
pub(super) fn job(service: &Service, run: Run, template: PodTemplateSpec, place: &Place) -> Manifest {
    let spec = spec(run, template);
    let name = format!("{}-{}", service.id.name, hash(&spec));
    let mut manifest = place.manifest(&Job {
        metadata: meta::of_service(service.id, name, Wave::Workload, Treatment::Plain),
        spec: Some(spec),
        status: None,
    });
    manifest.file = format!("job-{}.yaml", service.id.name);
    manifest
}

/// Ten digits of a hash of everything that a Job cannot change.
fn hash(spec: &JobSpec) -> String {
    let mut hash = Sha256::new();
    // A value of ours always serialises; were it not so, the name would still be one and the object be refused as it is rendered.
    hash.update(serde_json::to_vec(spec).unwrap_or_default());
    meta::digits(hash)
}

/// A CronJob.
pub(super) fn cron_job(metadata: ObjectMeta, schedule: Schedule, run: Run, template: PodTemplateSpec) -> CronJob {
    let Schedule { cron, time_zone, concurrency, starting_deadline, history } = schedule;
    let concurrency = match concurrency {
        Concurrency::Forbid => "Forbid",
        Concurrency::Replace => "Replace",
        Concurrency::Allow => "Allow",
    };
    CronJob {
        metadata,
        spec: Some(CronJobSpec {
            schedule: cron.to_string(),
            time_zone: time_zone.map(|zone| zone.to_string()),
            concurrency_policy: Some(concurrency.to_owned()),
            starting_deadline_seconds: starting_deadline.map(i64::from),
            successful_jobs_history_limit: history.map(|History { succeeded, failed: _ }| i32::from(succeeded)),
            failed_jobs_history_limit: history.map(|History { succeeded: _, failed }| i32::from(failed)),
            job_template: JobTemplateSpec { metadata: None, spec: Some(spec(run, template)) },
            ..CronJobSpec::default()
        }),
        status: None,
    }
}
