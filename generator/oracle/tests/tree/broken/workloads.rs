//! Pods, volumes, references, replicas, permissions and credentials.

use serde_json::json;

use crate::breach::{Twin, copy, drop, remove, replace, set};

const POD: &str = "Deployment shop/storefront";
const LEDGER: &str = "Deployment payments/ledger";
const MAILER: &str = "Deployment payments/mailer";
const JOB: &str = "CronJob shop/report";

pub(crate) fn twins() -> Vec<Twin> {
    [hardening(), volumes(), probes(), references(), scale(), permissions(), credentials()].concat()
}

fn hardening() -> Vec<Twin> {
    vec![
        set(POD, "/spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem", json!(false), "value"),
        set(POD, "/spec/template/spec/containers/0/securityContext/runAsUser", json!(0), "value"),
        set(POD, "/spec/template/spec/containers/0/securityContext/privileged", json!(false), "unknown-path"),
        set(
            POD,
            "/spec/template/spec/containers/0/securityContext/capabilities/add",
            json!(["NET_BIND_SERVICE"]),
            "unknown-path",
        ),
        set(
            POD,
            "/spec/template/spec/containers/0/securityContext/capabilities/drop",
            json!(["NET_RAW"]),
            "pod-security",
        ),
        set(
            POD,
            "/spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation",
            json!(true),
            "pod-security",
        ),
        set(POD, "/spec/template/spec/securityContext/seccompProfile/type", json!("Unconfined"), "pod-security"),
        set(POD, "/spec/template/spec/hostNetwork", json!(true), "pod-security"),
        set(POD, "/spec/template/spec/hostPID", json!(false), "unknown-path"),
        set(POD, "/spec/template/spec/volumes/-", json!({"name": "host", "hostPath": {"path": "/"}}), "pod-security"),
        set(POD, "/spec/template/spec/containers/0/ports/0/hostPort", json!(80), "pod-security"),
        set(POD, "/spec/template/spec/ephemeralContainers", json!([]), "unknown-path"),
        set(
            JOB,
            "/spec/jobTemplate/spec/template/spec/initContainers/0/securityContext/runAsNonRoot",
            json!(false),
            "pod-security",
        ),
        remove(JOB, "/spec/jobTemplate/spec/template/spec/initContainers/0/resources/limits", "missing-path"),
        set(POD, "/spec/template/spec/automountServiceAccountToken", json!(true), "value"),
        set(
            POD,
            "/spec/template/spec/containers/0/image",
            json!("registry.example.com/homelab/storefront:1.4.2"),
            "value",
        ),
        replace(POD, "/spec/template/spec/containers/0/image", ":1.4.2", ":latest", "value"),
        replace(POD, "/spec/template/spec/containers/0/image", ":1.4.2", "", "value"),
        replace(POD, "/spec/template/spec/containers/0/image", "registry.example.com/", "", "value"),
        remove(POD, "/spec/template/spec/containers/0/resources/requests/cpu", "missing-path"),
        set(POD, "/spec/template/spec/containers/0/securityContext/runAsUser", json!(2102), "proxy-user"),
        set(POD, "/spec/template/spec/securityContext/fsGroup", json!(2102), "proxy-user"),
        set(POD, "/spec/template/spec/containers/0/resources/limits/memory", json!("64Mi"), "limit-above-request"),
        set(JOB, "/spec/jobTemplate/spec/template/spec/initContainers/0/name", json!("report"), "container-names"),
        set(POD, "/spec/template/spec/containers/0/env/1/name", json!("LOG_LEVEL"), "container-names"),
        set(LEDGER, "/spec/template/spec/containers/0/ports/1/containerPort", json!(8080), "container-names"),
    ]
}

fn volumes() -> Vec<Twin> {
    vec![
        remove(POD, "/spec/template/spec/containers/0/volumeMounts/0", "volume-mounted"),
        remove(POD, "/spec/template/spec/volumes/0", "mount-volume"),
        set(POD, "/spec/template/spec/containers/0/volumeMounts/0/mountPath", json!("/archive"), "mount-apart"),
        set(POD, "/spec/template/spec/containers/0/volumeMounts/0/mountPath", json!("/archive/tmp"), "mount-apart"),
        set(POD, "/spec/template/spec/containers/0/volumeMounts/0/mountPath", json!("/"), "value"),
        set(POD, "/spec/template/spec/containers/0/volumeMounts/0/mountPath", json!("/proc/x"), "value"),
        set(
            POD,
            "/spec/template/spec/containers/0/volumeMounts/0/mountPropagation",
            json!("Bidirectional"),
            "unknown-path",
        ),
        remove(POD, "/spec/template/spec/containers/0/volumeMounts/1/readOnly", "read-only-mount"),
        remove(POD, "/spec/template/spec/volumes/0/emptyDir/sizeLimit", "missing-path"),
        set(JOB, "/spec/jobTemplate/spec/template/spec/volumes/2/secret/optional", json!(true), "unknown-path"),
        set(
            POD,
            "/spec/template/spec/volumes/0/configMap",
            json!({"name": "storefront-settings-0a1b2c3d4e"}),
            "choice",
        ),
        drop("PersistentVolumeClaim shop/archive", "claim-exists"),
        copy("PersistentVolumeClaim shop/archive", "spare", "claim-used"),
        set("PersistentVolumeClaim shop/archive", "/spec/accessModes", json!(["ReadWriteOnce"]), "claim-shared"),
        set(MAILER, "/spec/replicas", json!(2), "claim-one-pod"),
        set(MAILER, "/spec/strategy/type", json!("RollingUpdate"), "claim-one-pod"),
    ]
}

fn probes() -> Vec<Twin> {
    vec![
        set(POD, "/spec/template/spec/containers/0/readinessProbe/httpGet/port", json!(8081), "probe-port"),
        set(POD, "/spec/template/spec/containers/0/readinessProbe/httpGet/port", json!("http-8080"), "value"),
        set(
            POD,
            "/spec/template/spec/containers/0/readinessProbe/httpGet/host",
            json!("169.254.169.254"),
            "pod-security",
        ),
        set(LEDGER, "/spec/template/spec/containers/0/readinessProbe/httpGet/port", json!(9090), "probe-protocol"),
        set(POD, "/spec/template/spec/containers/0/readinessProbe", json!({"tcpSocket": {"port": 8080}}), "choice"),
        set(POD, "/spec/template/spec/containers/0/readinessProbe", json!({"grpc": {"port": 8080}}), "choice"),
        set(POD, "/spec/template/spec/containers/0/readinessProbe/exec", json!({"command": ["/check"]}), "choice"),
        set(
            MAILER,
            "/spec/template/spec/containers/0/livenessProbe/exec/command",
            json!(["/bin/true"]),
            "probe-can-fail",
        ),
        set(
            MAILER,
            "/spec/template/spec/containers/0/livenessProbe/exec/command",
            json!(["sh", "-c", "exit 0"]),
            "probe-can-fail",
        ),
        remove(POD, "/spec/template/spec/containers/0/readinessProbe", "readiness"),
    ]
}

fn references() -> Vec<Twin> {
    vec![
        drop("OnePasswordItem shop/storefront-database", "secret-item"),
        drop("OnePasswordItem shop/registry", "secret-item"),
        set("OnePasswordItem shop/registry", "/type", json!("Opaque"), "secret-item"),
        set(POD, "/spec/template/spec/containers/0/env/4/valueFrom/secretKeyRef/name", json!("other"), "secret-item"),
        set(POD, "/spec/template/spec/containers/0/env/4/valueFrom/secretKeyRef/optional", json!(true), "unknown-path"),
        copy("OnePasswordItem shop/storefront-database", "spare", "item-used"),
        remove(
            "OnePasswordItem shop/storefront-database",
            "/metadata/annotations/operator.1password.io~1auto-restart",
            "item-restart",
        ),
        set("OnePasswordItem shop/storefront-database", "/spec/itemPath", json!("vaults/homelab"), "value"),
        set("OnePasswordItem shop/storefront-database", "/spec/type", json!("Opaque"), "unknown-path"),
        drop("ConfigMap shop/storefront-settings-0a1b2c3d4e", "config-exists"),
        set(POD, "/spec/template/spec/volumes/1/configMap/items/0/key", json!("other.toml"), "config-exists"),
        set(
            POD,
            "/spec/template/spec/containers/0/env/3/valueFrom/configMapKeyRef/key",
            json!("other"),
            "config-exists",
        ),
        copy("ConfigMap shop/storefront-settings-0a1b2c3d4e", "storefront-spare-0a1b2c3d4e", "config-used"),
    ]
}

fn scale() -> Vec<Twin> {
    const SCALER: &str = "HorizontalPodAutoscaler payments/ledger";
    const BUDGET: &str = "PodDisruptionBudget shop/storefront";
    vec![
        set(BUDGET, "/spec/selector/matchLabels/app.kubernetes.io~1name", json!("nobody"), "budget-target"),
        set(BUDGET, "/spec/maxUnavailable", json!(2), "budget-target"),
        set(BUDGET, "/spec/selector/matchLabels/app.kubernetes.io~1name", json!("report"), "budget-target"),
        drop(BUDGET, "budget-present"),
        drop("PodDisruptionBudget payments/ledger", "budget-present"),
        set(SCALER, "/spec/scaleTargetRef/name", json!("nobody"), "autoscaler-target"),
        copy(SCALER, "again", "autoscaler-target"),
        set(LEDGER, "/spec/replicas", json!(2), "replicas-owner"),
        remove(POD, "/spec/replicas", "replicas-owner"),
        set(SCALER, "/spec/maxReplicas", json!(1), "autoscaler-bounds"),
        set(SCALER, "/spec/metrics/0/type", json!("ContainerResource"), "autoscaler-bounds"),
        set(
            POD,
            "/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels/app.kubernetes.io~1name",
            json!("report"),
            "spread-own",
        ),
    ]
}

fn permissions() -> Vec<Twin> {
    const ROLE: &str = "Role payments/ledger";
    const BINDING: &str = "RoleBinding payments/ledger";
    vec![
        set(ROLE, "/rules/0/verbs", json!(["*"]), "value"),
        set(ROLE, "/rules/0/verbs/-", json!("escalate"), "value"),
        set(ROLE, "/rules/0/verbs/-", json!("impersonate"), "value"),
        set(ROLE, "/rules/0/resources", json!(["*"]), "value"),
        set(ROLE, "/rules/1/resources", json!(["secrets"]), "value"),
        set(ROLE, "/rules/1/resources", json!(["pods/exec"]), "value"),
        set(ROLE, "/rules/1/resources", json!(["serviceaccounts/token"]), "value"),
        set(ROLE, "/rules/0/apiGroups", json!(["*"]), "value"),
        set(ROLE, "/rules/0/apiGroups", json!(["policy.linkerd.io"]), "value"),
        set(ROLE, "/rules/0/resourceNames", json!([]), "empty"),
        set(ROLE, "/kind", json!("ClusterRole"), "unknown-path"),
        drop(ROLE, "binding-role"),
        copy(ROLE, "spare", "binding-role"),
        set(BINDING, "/subjects/0/name", json!("mailer-x"), "binding-account"),
        set(BINDING, "/subjects/0/namespace", json!("shop"), "binding-account"),
        set(BINDING, "/subjects/0/kind", json!("Group"), "value"),
        set(BINDING, "/roleRef/kind", json!("ClusterRole"), "value"),
        drop(BINDING, "permission-token"),
        set(BINDING, "/subjects/0/name", json!("mailer"), "permission-token"),
        set(LEDGER, "/spec/template/spec/containers/0/volumeMounts/0/mountPath", json!("/token"), "token-place"),
        drop("NetworkPolicy payments/ledger-to-apiserver", "token-path"),
        set(
            "NetworkPolicy payments/ledger-to-apiserver",
            "/spec/podSelector/matchLabels/app.kubernetes.io~1name",
            json!("mailer"),
            "token-path",
        ),
    ]
}

fn credentials() -> Vec<Twin> {
    const CONFIG: &str = "ConfigMap shop/storefront-settings-0a1b2c3d4e";
    const ENV: &str = "/spec/template/spec/containers/0/env/0";
    vec![
        set(POD, ENV, json!({"name": "API_KEY", "value": "hunter2"}), "credential-in-variable"),
        set(
            POD,
            ENV,
            json!({"name": "DATABASE_URL", "value": "postgres://shop:hunter2@db:5432/shop"}),
            "credential-in-variable",
        ),
        set(
            POD,
            ENV,
            json!({"name": "X", "value": "ghp_0123456789abcdefghij0123456789abcdef"}),
            "credential-in-variable",
        ),
        set(POD, "/spec/template/spec/containers/0/args/-", json!("--password=hunter2"), "credential-in-argument"),
        set(POD, "/spec/template/spec/containers/0/args", json!(["--auth-token", "hunter2"]), "credential-in-argument"),
        set(
            POD,
            "/spec/template/spec/containers/0/args/-",
            json!("https://user:hunter2@host/"),
            "credential-in-argument",
        ),
        set(CONFIG, "/data/settings.toml", json!("password = \"hunter2\"\n"), "credential-in-config"),
        set(CONFIG, "/data/settings.toml", json!("-----BEGIN EC PRIVATE KEY-----\n"), "credential-in-config"),
        set(CONFIG, "/data/theme", json!("AKIAABCDEFGHIJKLMNOP"), "credential-in-config"),
    ]
}
