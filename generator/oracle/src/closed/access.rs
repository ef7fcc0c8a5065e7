//! Permissions of the Kubernetes API. No wildcard, no verb that grants permissions, nothing that reads secrets.

use super::metadata::{CLUSTER_WIDE, NAMESPACED, OF_SERVICE, WAVED};
use super::notation::Rule::{Each, Exactly, Fits, Objects, OneObject, OneOf};
use super::notation::{Shape, Table, may, must};
use super::words::{LABEL, NAME, NON_EMPTY, PERMITTED_GROUP, RESOURCE};

/// The kinds of this family.
pub(crate) const SHAPES: &[Shape] = &[
    Shape { api_version: RBAC, kind: "Role", tables: &[NAMESPACED, OF_SERVICE, WAVED, ROLE] },
    Shape { api_version: RBAC, kind: "RoleBinding", tables: &[NAMESPACED, OF_SERVICE, WAVED, BINDING, TO_ROLE] },
    Shape { api_version: RBAC, kind: "ClusterRole", tables: &[CLUSTER_WIDE, OF_SERVICE, WAVED, REASON, ROLE] },
    Shape {
        api_version: RBAC,
        kind: "ClusterRoleBinding",
        tables: &[CLUSTER_WIDE, OF_SERVICE, WAVED, BINDING, TO_CLUSTER_ROLE],
    },
];

const RBAC: &str = "rbac.authorization.k8s.io/v1";

const ROLE: Table = &[must("rules", Objects(&[PERMISSION]))];

/// Whoever reaches further than a namespace says why.
const REASON: Table = &[must("metadata.annotations.<kubernetes.io/description>", Fits(NON_EMPTY))];

const PERMISSION: Table = &[
    must("apiGroups", Each(&Fits(PERMITTED_GROUP))),
    must("resources", Each(&Fits(RESOURCE))),
    may("resourceNames", Each(&Fits(NAME))),
    must("verbs", Each(&OneOf(&["get", "list", "watch", "create", "update", "patch", "delete"]))),
];

const BINDING: Table = &[
    must("roleRef.apiGroup", Exactly("rbac.authorization.k8s.io")),
    must("roleRef.name", Fits(NAME)),
    must("subjects", OneObject(&[SUBJECT])),
];

const TO_ROLE: Table = &[must("roleRef.kind", Exactly("Role"))];

const TO_CLUSTER_ROLE: Table = &[must("roleRef.kind", Exactly("ClusterRole"))];

const SUBJECT: Table =
    &[must("kind", Exactly("ServiceAccount")), must("name", Fits(NAME)), must("namespace", Fits(LABEL))];
