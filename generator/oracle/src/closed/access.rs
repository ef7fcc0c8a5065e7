//! Permissions of the Kubernetes API. No wildcard, no verb that grants permissions, nothing that reads secrets.

use super::metadata::{NAMESPACED, OF_SERVICE, WAVED};
use super::notation::Rule::{Each, Exactly, Fits, Objects, OneObject, OneOf};
use super::notation::{Shape, Table, may, must};
use super::words::{LABEL, NAME, PERMITTED_GROUP, RESOURCE};

/// The kinds of this family.
pub(crate) const SHAPES: &[Shape] = &[
    Shape { api_version: "rbac.authorization.k8s.io/v1", kind: "Role", tables: &[NAMESPACED, OF_SERVICE, WAVED, ROLE] },
    Shape {
        api_version: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding",
        tables: &[NAMESPACED, OF_SERVICE, WAVED, BINDING],
    },
];

const ROLE: Table = &[must("rules", Objects(&[PERMISSION]))];

const PERMISSION: Table = &[
    must("apiGroups", Each(&Fits(PERMITTED_GROUP))),
    must("resources", Each(&Fits(RESOURCE))),
    may("resourceNames", Each(&Fits(NAME))),
    must("verbs", Each(&OneOf(&["get", "list", "watch", "create", "update", "patch", "delete"]))),
];

const BINDING: Table = &[
    must("roleRef.apiGroup", Exactly("rbac.authorization.k8s.io")),
    must("roleRef.kind", Exactly("Role")),
    must("roleRef.name", Fits(NAME)),
    must("subjects", OneObject(&[SUBJECT])),
];

const SUBJECT: Table =
    &[must("kind", Exactly("ServiceAccount")), must("name", Fits(NAME)), must("namespace", Fits(LABEL))];
