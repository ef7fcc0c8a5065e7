//! The core group: namespaces, accounts, services, configuration and claims.

use super::metadata::{KEPT, KEPT_OR_DISPOSABLE, NAMESPACED, OF_SERVICE, OF_SERVICE_OR_NAMESPACE, WAVED};
use super::notation::Rule::{Each, Exactly, False, Fits, Map, Objects, OneOf, True, Within};
use super::notation::{Shape, Table, may, must};
use super::words::{ANY, DATA_KEY, HASHED_NAME, LABEL, NAME, POD_SECURITY_VERSION, PORT_NAME, QUANTITY};

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
    may("protocol", Exactly("TCP")),
    must("appProtocol", OneOf(&["http", "kubernetes.io/h2c", "linkerd.io/opaque"])),
];

const CONFIG: Table =
    &[must("metadata.name", Fits(HASHED_NAME)), must("immutable", True), must("data", Map(DATA_KEY, &Fits(ANY)))];

const CLAIM: Table = &[
    must("spec.accessModes", Each(&OneOf(&["ReadWriteOnce", "ReadWriteMany", "ReadOnlyMany", "ReadWriteOncePod"]))),
    must("spec.resources.requests.storage", Fits(QUANTITY)),
    may("spec.storageClassName", Fits(NAME)),
    may("spec.volumeMode", Exactly("Filesystem")),
];
