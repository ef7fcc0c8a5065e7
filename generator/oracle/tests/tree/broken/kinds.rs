//! Kinds of workloads, and the containers of their pods.

use serde_json::json;

use crate::breach::{Twin, copy, drop, remove, set};

const STORE: &str = "StatefulSet depot/store";
const INDEX: &str = "StatefulSet depot/index";
const RESOLVER: &str = "DaemonSet depot/resolver";
const TRAIN: &str = "Job depot/train-0a1b2c3d4e";
const REPORT: &str = "CronJob shop/report";
const LEDGER: &str = "Deployment payments/ledger";

pub(crate) fn twins() -> Vec<Twin> {
    [rollouts(), stateful(), jobs(), containers(), ports(), resources(), scale()].concat()
}

fn rollouts() -> Vec<Twin> {
    vec![
        set(LEDGER, "/spec/strategy/rollingUpdate/maxSurge", json!(0), "rollout"),
        set(LEDGER, "/spec/strategy/type", json!("Recreate"), "rollout"),
        set(LEDGER, "/spec/strategy/rollingUpdate/maxSurge", json!("25%"), "value"),
        set(LEDGER, "/spec/progressDeadlineSeconds", json!(600), "unknown-path"),
        set(STORE, "/spec/updateStrategy/type", json!("OnDelete"), "value"),
        set(STORE, "/spec/updateStrategy/rollingUpdate", json!({"partition": 3}), "unknown-path"),
        set(STORE, "/spec/podManagementPolicy", json!("OrderedReady"), "value"),
        set(STORE, "/spec/ordinals", json!({"start": 1}), "unknown-path"),
        set(RESOLVER, "/spec/updateStrategy/type", json!("OnDelete"), "value"),
        set(RESOLVER, "/spec/updateStrategy/rollingUpdate/maxUnavailable", json!("100%"), "value"),
        set(RESOLVER, "/spec/template/spec/restartPolicy", json!("OnFailure"), "value"),
    ]
}

fn stateful() -> Vec<Twin> {
    const TEMPLATE: &str = "/spec/volumeClaimTemplates/0";
    vec![
        drop("Service depot/store", "stateful-service"),
        set(STORE, "/spec/serviceName", json!("index"), "stateful-service"),
        remove(STORE, "/spec/serviceName", "stateful-service"),
        set(INDEX, "/spec/serviceName", json!("index"), "stateful-service"),
        remove(STORE, TEMPLATE, "mount-volume"),
        remove(INDEX, "/spec/template/spec/containers/0/volumeMounts/0", "template-mounted"),
        set(STORE, "/spec/volumeClaimTemplates/0/metadata/name", json!("scratch-work"), "template-once"),
        set(STORE, "/spec/persistentVolumeClaimRetentionPolicy/whenDeleted", json!("Delete"), "template-kept"),
        set(STORE, "/spec/persistentVolumeClaimRetentionPolicy/whenScaled", json!("Delete"), "template-kept"),
        remove(STORE, "/spec/persistentVolumeClaimRetentionPolicy", "template-kept"),
        remove(INDEX, "/spec/volumeClaimTemplates/0/metadata/labels/casemate.dev~1data", "template-kept"),
        set(INDEX, "/spec/volumeClaimTemplates/0/metadata/labels/casemate.dev~1data", json!("precious"), "value"),
        set(
            STORE,
            "/spec/volumeClaimTemplates/0/metadata/labels/app.kubernetes.io~1part-of",
            json!("shop"),
            "template-labels",
        ),
        set(STORE, "/spec/volumeClaimTemplates/0/spec/accessModes", json!(["ReadOnlyMany"]), "value"),
        set(STORE, "/spec/volumeClaimTemplates/0/spec/accessModes/-", json!("ReadWriteMany"), "value"),
        set(STORE, "/spec/volumeClaimTemplates/0/spec/volumeMode", json!("Block"), "value"),
        set(STORE, "/spec/volumeClaimTemplates/0/spec/dataSource", json!({"kind": "VolumeSnapshot"}), "unknown-path"),
        set(STORE, "/spec/volumeClaimTemplates/0/kind", json!("Secret"), "value"),
    ]
}

fn jobs() -> Vec<Twin> {
    vec![
        set(TRAIN, "/metadata/name", json!("train"), "value"),
        set(TRAIN, "/metadata/name", json!("train-0a1b2c3d4"), "value"),
        copy(TRAIN, "other-0a1b2c3d4e", "job-name"),
        set(TRAIN, "/spec/ttlSecondsAfterFinished", json!(60), "unknown-path"),
        set(TRAIN, "/spec/template/spec/restartPolicy", json!("Always"), "value"),
        remove(TRAIN, "/spec/template/spec/restartPolicy", "missing-path"),
        set(TRAIN, "/spec/manualSelector", json!(true), "unknown-path"),
        set(TRAIN, "/spec/suspend", json!(true), "unknown-path"),
        set(REPORT, "/spec/suspend", json!(true), "unknown-path"),
        set(REPORT, "/spec/concurrencyPolicy", json!("Never"), "value"),
        set(REPORT, "/spec/jobTemplate/spec/ttlSecondsAfterFinished", json!(60), "unknown-path"),
        set(REPORT, "/spec/jobTemplate/spec/template/spec/restartPolicy", json!("Never"), "value"),
    ]
}

fn containers() -> Vec<Twin> {
    const FIRST: &str = "/spec/template/spec/containers/0/name";
    const PLAIN: &str = "/spec/template/spec/initContainers/0";
    vec![
        set(STORE, FIRST, json!("main"), "container-of-workload"),
        set(STORE, "/spec/template/spec/containers/1/name", json!("shipper"), "container-names"),
        set(STORE, "/spec/template/spec/containers/1/ports/0/containerPort", json!(8080), "container-names"),
        set(STORE, "/spec/template/spec/containers/1/securityContext/runAsUser", json!(0), "pod-security"),
        remove(STORE, "/spec/template/spec/containers/1/resources/limits/memory", "missing-path"),
        remove(STORE, "/spec/template/spec/containers/1/readinessProbe", "readiness"),
        set(
            STORE,
            "/spec/template/spec/initContainers/0/ports",
            json!([{"name": "http-80", "containerPort": 80}]),
            "container-that-ends",
        ),
        set(
            STORE,
            "/spec/template/spec/initContainers/0/readinessProbe",
            json!({"exec": {"command": ["/x"]}}),
            "container-that-ends",
        ),
        set(
            STORE,
            "/spec/template/spec/initContainers/0/lifecycle",
            json!({"preStop": {"sleep": {"seconds": 1}}}),
            "container-that-ends",
        ),
        remove(STORE, "/spec/template/spec/initContainers/1/restartPolicy", "container-that-ends"),
        set(STORE, "/spec/template/spec/initContainers/1/restartPolicy", json!("OnFailure"), "value"),
        set(
            STORE,
            "/spec/template/spec/initContainers/1/securityContext/allowPrivilegeEscalation",
            json!(true),
            "pod-security",
        ),
        set(STORE, PLAIN, json!({"name": "prepare"}), "missing-path"),
        set(STORE, "/spec/template/spec/containers/0/startupProbe/successThreshold", json!(2), "probe-numbers"),
        set(
            STORE,
            "/spec/template/spec/containers/0/readinessProbe/terminationGracePeriodSeconds",
            json!(5),
            "probe-numbers",
        ),
        set(
            STORE,
            "/spec/template/spec/containers/0/readinessProbe/httpGet/httpHeaders/0/name",
            json!("Authorization"),
            "value",
        ),
        set(
            STORE,
            "/spec/template/spec/containers/0/readinessProbe/httpGet/httpHeaders/0/value",
            json!("a b"),
            "value",
        ),
        set(RESOLVER, "/spec/template/spec/containers/0/lifecycle/preStop/sleep/seconds", json!(30), "stop-in-time"),
        set(
            STORE,
            "/spec/template/spec/containers/0/lifecycle/postStart",
            json!({"exec": {"command": ["/x"]}}),
            "unknown-path",
        ),
        set(
            STORE,
            "/spec/template/spec/containers/0/lifecycle/preStop/exec/command",
            json!(["/x", "--password=hunter2"]),
            "credential-in-argument",
        ),
        set(STORE, "/spec/template/spec/containers/0/stdin", json!(true), "unknown-path"),
        set(STORE, "/spec/template/spec/containers/0/resizePolicy", json!([]), "unknown-path"),
        set(TRAIN, "/spec/template/spec/containers/0/workingDir", json!("/work/../etc"), "value"),
        set(TRAIN, "/spec/template/spec/securityContext/supplementalGroups/0", json!(0), "value"),
        set(TRAIN, "/spec/template/spec/securityContext/supplementalGroups", json!([]), "empty"),
        set(TRAIN, "/spec/template/spec/securityContext/supplementalGroups/0", json!(993), "value"),
        set(TRAIN, "/spec/template/spec/securityContext/supplementalGroups/0", json!(2102), "proxy-user"),
        set(RESOLVER, "/spec/template/spec/hostUsers", json!(true), "value"),
        set(RESOLVER, "/spec/template/spec/hostNetwork", json!(true), "pod-security"),
        set(RESOLVER, "/spec/template/spec/shareProcessNamespace", json!(true), "unknown-path"),
    ]
}

fn ports() -> Vec<Twin> {
    const PORTS: &str = "/spec/template/spec/containers/0/ports";
    vec![
        set(RESOLVER, "/spec/template/spec/containers/0/ports/0/name", json!("udp-54"), "port-name"),
        set(RESOLVER, "/spec/template/spec/containers/0/ports/0/name", json!("dns-53"), "port-name"),
        set(RESOLVER, "/spec/template/spec/containers/0/ports/1/name", json!("udp-53"), "container-names"),
        set(RESOLVER, "/spec/template/spec/containers/0/ports/0/protocol", json!("SCTP"), "value"),
        set(RESOLVER, "/spec/template/spec/securityContext/sysctls/0/value", json!("0"), "value"),
        set(RESOLVER, "/spec/template/spec/securityContext/sysctls/0/value", json!("52"), "low-port"),
        set(RESOLVER, "/spec/template/spec/securityContext/sysctls/0/name", json!("kernel.msgmax"), "pod-security"),
        remove(RESOLVER, "/spec/template/spec/securityContext/sysctls", "low-port"),
        set(RESOLVER, PORTS, json!([{"name": "http-8081", "containerPort": 8081}]), "low-port"),
        set(RESOLVER, "/spec/template/spec/containers/0/readinessProbe/httpGet/port", json!(53), "probe-protocol"),
    ]
}

fn resources() -> Vec<Twin> {
    const LIMITS: &str = "/spec/template/spec/containers/0/resources/limits";
    const RANGE: &str = "LimitRange depot/limits";
    const QUOTA: &str = "ResourceQuota depot/quota";
    vec![
        set(TRAIN, "/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu", json!("2"), "limit-is-request"),
        remove(TRAIN, "/spec/template/spec/containers/0/resources/requests/nvidia.com~1gpu", "limit-is-request"),
        remove(TRAIN, "/spec/template/spec/containers/0/resources/limits/ephemeral-storage", "limit-is-request"),
        set(TRAIN, "/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu", json!("500m"), "value"),
        set(
            TRAIN,
            "/spec/template/spec/containers/0/resources/limits/kubernetes.io~1batch-cpu",
            json!("1"),
            "unknown-path",
        ),
        set(TRAIN, "/spec/template/spec/containers/0/resources/limits/hugepages-2Mi", json!("2Mi"), "unknown-path"),
        set(TRAIN, "/spec/template/spec/containers/0/resources/claims", json!([{"name": "gpu"}]), "unknown-path"),
        set(TRAIN, LIMITS, json!({"memory": "1Gi"}), "limit-above-request"),
        set(
            TRAIN,
            "/spec/template/spec/containers/0/env/0/valueFrom/resourceFieldRef/resource",
            json!("limits.hugepages-2Mi"),
            "value",
        ),
        set(
            TRAIN,
            "/spec/template/spec/containers/0/env/0/valueFrom/resourceFieldRef/divisor",
            json!("1Mi"),
            "unknown-path",
        ),
        set(
            INDEX,
            "/spec/template/spec/containers/0/env/0",
            json!({"name": "GOMAXPROCS", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}}),
            "resource-of-itself",
        ),
        set(
            TRAIN,
            "/spec/template/spec/containers/0/env/1/valueFrom/fieldRef/fieldPath",
            json!("metadata.labels"),
            "value",
        ),
        set(TRAIN, "/spec/template/spec/volumes/1/emptyDir/sizeLimit", json!("4Gi"), "memory-scratch"),
        set(RANGE, "/spec/limits/0/default", json!({"memory": "1Gi"}), "unknown-path"),
        set(RANGE, "/spec/limits/0/type", json!("Pod"), "value"),
        set(RANGE, "/spec/limits/0/max/memory", json!("2Gi"), "limits-hold"),
        set(RANGE, "/spec/limits/0/min/memory", json!("256Mi"), "limits-hold"),
        set(RANGE, "/spec/limits/0/min/cpu", json!("8"), "limits-hold"),
        set(RANGE, "/metadata/name", json!("other"), "value"),
        set(RANGE, "/metadata/annotations/argocd.argoproj.io~1sync-wave", json!("-30"), "wave-order"),
        set(QUOTA, "/spec/hard/requests.memory", json!("1Gi"), "quota-holds"),
        set(QUOTA, "/spec/hard/pods", json!("3"), "quota-holds"),
        set(QUOTA, "/spec/hard/requests.storage", json!("20Gi"), "quota-holds"),
        set(QUOTA, "/spec/hard/persistentvolumeclaims", json!("2"), "quota-holds"),
        set(QUOTA, "/spec/hard/services.nodeports", json!("1"), "unknown-path"),
        set(QUOTA, "/spec/hard", json!({}), "empty"),
        set(QUOTA, "/spec/scopes", json!(["BestEffort"]), "unknown-path"),
    ]
}

fn scale() -> Vec<Twin> {
    const SCALER: &str = "HorizontalPodAutoscaler depot/index";
    const BUDGET: &str = "PodDisruptionBudget depot/store";
    const SELECTED: &str = "/spec/selector/matchLabels/app.kubernetes.io~1name";
    vec![
        remove(STORE, "/spec/replicas", "replicas-owner"),
        set(INDEX, "/spec/replicas", json!(2), "replicas-owner"),
        drop(BUDGET, "budget-present"),
        drop("PodDisruptionBudget depot/index", "budget-present"),
        set(BUDGET, SELECTED, json!("resolver"), "budget-target"),
        set(BUDGET, SELECTED, json!("train"), "budget-target"),
        set(BUDGET, "/spec/maxUnavailable", json!(3), "budget-target"),
        set(SCALER, "/spec/scaleTargetRef/kind", json!("DaemonSet"), "value"),
        set(SCALER, "/spec/scaleTargetRef/kind", json!("Deployment"), "autoscaler-target"),
        set(SCALER, "/spec/metrics/0/containerResource/container", json!("linkerd-proxy"), "autoscaler-measure"),
        set(SCALER, "/spec/metrics/0/containerResource/name", json!("memory"), "value"),
    ]
}
