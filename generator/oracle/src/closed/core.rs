//! The core group: namespaces, accounts, services, configuration and claims.

use super::metadata::{KEPT, KEPT_OR_DISPOSABLE, NAMESPACED, OF_SERVICE, OF_SERVICE_OR_NAMESPACE, WAVED};
use super::notation::Rule::{Alone, Exactly, False, Fits, Map, Object, Objects, OneObject, OneOf, True, Within};
use super::notation::{Shape, Table, may, must};
use super::words::{ANY, COUNT, DATA_KEY, HASHED_NAME, LABEL, NAME, POD_SECURITY_VERSION, PORT_NAME, QUANTITY};

/// The kinds of this family. There is no Secret among them, and no kind of Ingress anywhere.
pub(crate) const SHAPES: &[Shape] = &[
    Shape { api_version: "v1", kind: "Namespace", tables: &[KEPT, NAMESPACE] },
    Shape { api_version: "v1", kind: "ServiceAccount", tables: &[NAMESPACED, OF_SERVICE, WAVED, ACCOUNT] },
    Shape { api_version: "v1", kind: "Service", tables: &[NAMESPACED, OF_SERVICE, WAVED, SERVICE] },
    Shape { api_version: "v1", kind: "ConfigMap", tables: &[NAMESPACED, OF_SERVICE, WAVED, CONFIG] },
    Shape {
        api_version: "v1",
        kind: "PersistentVolumeClaim",
        tables: &[NAMESPACED, OF_SERVICE_OR_NAMESPACE, KEPT_OR_DISPOSABLE, CLAIM],
    },
    Shape { api_version: "v1", kind: "ResourceQuota", tables: &[NAMESPACED, OF_SERVICE_OR_NAMESPACE, WAVED, QUOTA] },
    Shape { api_version: "v1", kind: "LimitRange", tables: &[NAMESPACED, OF_SERVICE_OR_NAMESPACE, WAVED, LIMITS] },
];

const NAMESPACE: Table = &[
    must("metadata.name", Fits(LABEL)),
    must("metadata.labels.<app.kubernetes.io/managed-by>", Exactly("casemate")),
    must("metadata.labels.<casemate.dev/tier>", Exactly("services")),
    must("metadata.labels.<pod-security.kubernetes.io/enforce>", Exactly("restricted")),
    must("metadata.labels.<pod-security.kubernetes.io/enforce-version>", Fits(POD_SECURITY_VERSION)),
    must("metadata.labels.<pod-security.kubernetes.io/audit>", Exactly("restricted")),
    must("metadata.labels.<pod-security.kubernetes.io/audit-version>", Fits(POD_SECURITY_VERSION)),
    must("metadata.labels.<pod-security.kubernetes.io/warn>", Exactly("restricted")),
    must("metadata.labels.<pod-security.kubernetes.io/warn-version>", Fits(POD_SECURITY_VERSION)),
    must("metadata.annotations.<linkerd.io/inject>", Exactly("enabled")),
    must("metadata.annotations.<config.linkerd.io/default-inbound-policy>", Exactly("deny")),
];

const ACCOUNT: Table = &[must("automountServiceAccountToken", False)];

const SERVICE: Table = &[
    must("spec.type", Exactly("ClusterIP")),
    must("spec.selector.<app.kubernetes.io/name>", Fits(LABEL)),
    must("spec.ports", Objects(&[SERVICE_PORT])),
];

const SERVICE_PORT: Table = &[
    must("name", Fits(PORT_NAME)),
    must("port", Within(1, 65535)),
    must("targetPort", Within(1, 65535)),
    may("protocol", OneOf(&["TCP", "UDP"])),
    // Of TCP ports only, and of all of them: `service-protocol` holds it.
    may("appProtocol", OneOf(&["http", "kubernetes.io/h2c", "linkerd.io/opaque"])),
];

const CONFIG: Table =
    &[must("metadata.name", Fits(HASHED_NAME)), must("immutable", True), must("data", Map(DATA_KEY, &Fits(ANY)))];

const CLAIM: Table = &[must("spec", Object(&[OF_CLAIM]))];

const OF_CLAIM: Table = &[
    must("accessModes", Alone(&OneOf(&["ReadWriteOnce", "ReadWriteMany", "ReadWriteOncePod"]))),
    must("resources.requests.storage", Fits(QUANTITY)),
    may("storageClassName", Fits(NAME)),
    may("volumeMode", Exactly("Filesystem")),
];

/// A claim for each pod of a `StatefulSet`, with what the API server would fill in.
pub(crate) const CLAIM_TEMPLATE: Table = &[
    must("apiVersion", Exactly("v1")),
    must("kind", Exactly("PersistentVolumeClaim")),
    must("metadata.name", Fits(LABEL)),
    must("metadata.labels.<app.kubernetes.io/name>", Fits(LABEL)),
    must("metadata.labels.<app.kubernetes.io/part-of>", Fits(LABEL)),
    must("metadata.labels.<app.kubernetes.io/managed-by>", Exactly("casemate")),
    may("metadata.labels.<casemate.dev/data>", Exactly("disposable")),
    must("spec", Object(&[OF_CLAIM])),
];

/// What all pods of a namespace may use together.
const QUOTA: Table = &[must("metadata.name", Exactly("quota")), must("spec.hard", Object(&[HARD]))];

const HARD: Table = &[
    may("<requests.cpu>", Fits(QUANTITY)),
    may("<requests.memory>", Fits(QUANTITY)),
    may("<limits.memory>", Fits(QUANTITY)),
    may("<requests.storage>", Fits(QUANTITY)),
    may("pods", Fits(COUNT)),
    may("persistentvolumeclaims", Fits(COUNT)),
];

/// What each container of a namespace may use. No defaults: ours state what they need.
const LIMITS: Table = &[must("metadata.name", Exactly("limits")), must("spec.limits", OneObject(&[OF_CONTAINERS]))];

const OF_CONTAINERS: Table =
    &[must("type", Exactly("Container")), must("max", Object(&[BOUND])), may("min", Object(&[BOUND]))];

const BOUND: Table = &[may("cpu", Fits(QUANTITY)), may("memory", Fits(QUANTITY))];
