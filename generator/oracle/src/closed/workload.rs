//! Workloads, and what keeps and scales them.

use super::metadata::{NAMESPACED, OF_SERVICE, WAVED};
use super::notation::Rule::{Bool, Exactly, Fits, Object, Objects, OneOf, Within};
use super::notation::{Shape, Table, exactly_one_of, may, must};
use super::pod::{FINISHING, LASTING, POD, POD_METADATA};
use super::words::{LABEL, NAME, SCHEDULE, TIME_ZONE};

/// The kinds of this family.
pub(crate) const SHAPES: &[Shape] = &[
    Shape { api_version: "apps/v1", kind: "Deployment", tables: &[NAMESPACED, OF_SERVICE, WAVED, DEPLOYMENT] },
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
    may("spec.minReadySeconds", Within(0, 3_600)),
    may("spec.progressDeadlineSeconds", Within(1, 86_400)),
    may("spec.strategy", Object(&[STRATEGY])),
    must("spec.selector.matchLabels.<app.kubernetes.io/name>", Fits(LABEL)),
    must("spec.template.metadata", Object(&[POD_METADATA])),
    must("spec.template.spec", Object(&[POD, LASTING])),
];

const STRATEGY: Table = &[
    must("type", OneOf(&["Recreate", "RollingUpdate"])),
    may("rollingUpdate.maxUnavailable", Within(0, 100)),
    may("rollingUpdate.maxSurge", Within(0, 100)),
];

const CRON_JOB: Table = &[
    must("spec.schedule", Fits(SCHEDULE)),
    may("spec.timeZone", Fits(TIME_ZONE)),
    may("spec.suspend", Bool),
    may("spec.concurrencyPolicy", OneOf(&["Forbid", "Replace", "Allow"])),
    may("spec.startingDeadlineSeconds", Within(10, 604_800)),
    may("spec.successfulJobsHistoryLimit", Within(0, 100)),
    may("spec.failedJobsHistoryLimit", Within(0, 100)),
    may("spec.jobTemplate.metadata", Object(&[JOB_METADATA])),
    may("spec.jobTemplate.spec.backoffLimit", Within(0, 100)),
    may("spec.jobTemplate.spec.activeDeadlineSeconds", Within(1, 604_800)),
    may("spec.jobTemplate.spec.ttlSecondsAfterFinished", Within(0, 2_678_400)),
    must("spec.jobTemplate.spec.template.metadata", Object(&[POD_METADATA])),
    must("spec.jobTemplate.spec.template.spec", Object(&[POD, FINISHING])),
];

const JOB_METADATA: Table = &[
    must("labels.<app.kubernetes.io/name>", Fits(LABEL)),
    must("labels.<app.kubernetes.io/part-of>", Fits(LABEL)),
    must("labels.<app.kubernetes.io/managed-by>", Exactly("casemate")),
];

const BUDGET: Table = &[
    must("spec.maxUnavailable", Within(1, 100)),
    must("spec.selector.matchLabels.<app.kubernetes.io/name>", Fits(LABEL)),
    may("spec.unhealthyPodEvictionPolicy", OneOf(&["AlwaysAllow", "IfHealthyBudget"])),
];

const AUTOSCALER: Table = &[
    must("spec.scaleTargetRef.apiVersion", Exactly("apps/v1")),
    must("spec.scaleTargetRef.kind", Exactly("Deployment")),
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
    must("name", OneOf(&["cpu", "memory"])),
    must("target.type", Exactly("Utilization")),
    must("target.averageUtilization", Within(1, 1_000)),
];

const CONTAINER_OF_METRIC: Table = &[must("container", Fits(LABEL))];
