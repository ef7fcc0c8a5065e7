//! Workloads, and what keeps and scales them.

use super::core::CLAIM_TEMPLATE;
use super::metadata::{NAMESPACED, OF_SERVICE, WAVED};
use super::notation::Rule::{Exactly, Fits, Object, Objects, OneOf, Within};
use super::notation::{Shape, Table, exactly_one_of, may, must};
use super::placement::PLACEMENT;
use super::pod::{FINISHING, LASTING, POD, POD_METADATA};
use super::words::{JOB_NAME, LABEL, NAME, SCHEDULE, TIME_ZONE};

/// The kinds of this family.
pub(crate) const SHAPES: &[Shape] = &[
    Shape { api_version: "apps/v1", kind: "Deployment", tables: &[NAMESPACED, OF_SERVICE, WAVED, DEPLOYMENT] },
    Shape { api_version: "apps/v1", kind: "StatefulSet", tables: &[NAMESPACED, OF_SERVICE, WAVED, STATEFUL_SET] },
    Shape { api_version: "apps/v1", kind: "DaemonSet", tables: &[NAMESPACED, OF_SERVICE, WAVED, DAEMON_SET] },
    Shape { api_version: "batch/v1", kind: "Job", tables: &[NAMESPACED, OF_SERVICE, WAVED, JOB] },
    Shape { api_version: "batch/v1", kind: "CronJob", tables: &[NAMESPACED, OF_SERVICE, WAVED, CRON_JOB] },
    Shape { api_version: "policy/v1", kind: "PodDisruptionBudget", tables: &[NAMESPACED, OF_SERVICE, WAVED, BUDGET] },
    Shape {
        api_version: "autoscaling/v2",
        kind: "HorizontalPodAutoscaler",
        tables: &[NAMESPACED, OF_SERVICE, WAVED, AUTOSCALER],
    },
];

const DEPLOYMENT: Table = &[
    may("spec.replicas", Within(1, 100)),
    may("spec.revisionHistoryLimit", Within(0, 100)),
    may("spec.strategy", Object(&[STRATEGY])),
    must("spec.selector.matchLabels.<app.kubernetes.io/name>", Fits(LABEL)),
    must("spec.template.metadata", Object(&[POD_METADATA])),
    must("spec.template.spec", Object(&[POD, PLACEMENT, LASTING])),
];

/// Whole numbers: percentages of few pods are rounded to none, or to all.
const STRATEGY: Table =
    &[must("type", OneOf(&["Recreate", "RollingUpdate"])), may("rollingUpdate", Object(&[AT_A_TIME]))];

const AT_A_TIME: Table = &[must("maxUnavailable", Within(0, 100)), must("maxSurge", Within(0, 100))];

const STATEFUL_SET: Table = &[
    may("spec.replicas", Within(1, 100)),
    may("spec.serviceName", Fits(LABEL)),
    may("spec.revisionHistoryLimit", Within(0, 100)),
    may("spec.updateStrategy.type", Exactly("RollingUpdate")),
    may("spec.podManagementPolicy", Exactly("Parallel")),
    may("spec.volumeClaimTemplates", Objects(&[CLAIM_TEMPLATE])),
    may("spec.persistentVolumeClaimRetentionPolicy", Object(&[RETENTION])),
    must("spec.selector.matchLabels.<app.kubernetes.io/name>", Fits(LABEL)),
    must("spec.template.metadata", Object(&[POD_METADATA])),
    must("spec.template.spec", Object(&[POD, PLACEMENT, LASTING])),
];

const RETENTION: Table = &[must("whenDeleted", OneOf(KEPT_OR_NOT)), must("whenScaled", OneOf(KEPT_OR_NOT))];

const KEPT_OR_NOT: &[&str] = &["Retain", "Delete"];

const DAEMON_SET: Table = &[
    may("spec.revisionHistoryLimit", Within(0, 100)),
    may("spec.updateStrategy", Object(&[NODES_AT_A_TIME])),
    must("spec.selector.matchLabels.<app.kubernetes.io/name>", Fits(LABEL)),
    must("spec.template.metadata", Object(&[POD_METADATA])),
    must("spec.template.spec", Object(&[POD, PLACEMENT, LASTING])),
];

const NODES_AT_A_TIME: Table =
    &[must("type", Exactly("RollingUpdate")), must("rollingUpdate.maxUnavailable", Within(1, 100))];

/// No time to live: Argo CD would make a Job that is gone again, and it would run again.
const JOB: Table = &[
    must("metadata.name", Fits(JOB_NAME)),
    may("spec.completions", Within(1, 1_000)),
    may("spec.parallelism", Within(1, 1_000)),
    may("spec.backoffLimit", Within(0, 100)),
    may("spec.activeDeadlineSeconds", Within(1, 604_800)),
    must("spec.template.metadata", Object(&[POD_METADATA])),
    must("spec.template.spec", Object(&[POD, PLACEMENT, FINISHING])),
];

const CRON_JOB: Table = &[
    must("spec.schedule", Fits(SCHEDULE)),
    may("spec.timeZone", Fits(TIME_ZONE)),
    may("spec.concurrencyPolicy", OneOf(&["Forbid", "Replace", "Allow"])),
    may("spec.startingDeadlineSeconds", Within(10, 604_800)),
    may("spec.successfulJobsHistoryLimit", Within(0, 100)),
    may("spec.failedJobsHistoryLimit", Within(0, 100)),
    may("spec.jobTemplate.spec.completions", Within(1, 1_000)),
    may("spec.jobTemplate.spec.parallelism", Within(1, 1_000)),
    may("spec.jobTemplate.spec.backoffLimit", Within(0, 100)),
    may("spec.jobTemplate.spec.activeDeadlineSeconds", Within(1, 604_800)),
    must("spec.jobTemplate.spec.template.metadata", Object(&[POD_METADATA])),
    must("spec.jobTemplate.spec.template.spec", Object(&[POD, PLACEMENT, FINISHING])),
];

const BUDGET: Table = &[
    must("spec.maxUnavailable", Within(1, 100)),
    must("spec.selector.matchLabels.<app.kubernetes.io/name>", Fits(LABEL)),
    may("spec.unhealthyPodEvictionPolicy", OneOf(&["AlwaysAllow", "IfHealthyBudget"])),
];

const AUTOSCALER: Table = &[
    must("spec.scaleTargetRef.apiVersion", Exactly("apps/v1")),
    must("spec.scaleTargetRef.kind", OneOf(&["Deployment", "StatefulSet"])),
    must("spec.scaleTargetRef.name", Fits(NAME)),
    must("spec.minReplicas", Within(1, 100)),
    must("spec.maxReplicas", Within(1, 1_000)),
    must("spec.metrics", Objects(&[METRIC])),
];

const METRIC: Table = &[
    must("type", OneOf(&["Resource", "ContainerResource"])),
    may("resource", Object(&[MEASURED])),
    may("containerResource", Object(&[MEASURED, CONTAINER_OF_METRIC])),
    exactly_one_of(&["resource", "containerResource"]),
];

const MEASURED: Table = &[
    must("name", Exactly("cpu")),
    must("target.type", Exactly("Utilization")),
    must("target.averageUtilization", Within(1, 1_000)),
];

const CONTAINER_OF_METRIC: Table = &[must("container", Fits(LABEL))];
