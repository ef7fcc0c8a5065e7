//! Kinds that charts may create.

use std::collections::BTreeSet;

use casemate_dsl::word::Reason;

/// A kind, as its group and name.
pub(super) type Kind = (&'static str, &'static str);

/// What any chart may create in its namespace. What lets its pods do more than run stands beside what lets them run: its Roles
/// reach no further than its namespace.
pub(super) const ORDINARY: &[Kind] = &[
    ("", "ConfigMap"),
    ("", "PersistentVolumeClaim"),
    ("", "Service"),
    ("", "ServiceAccount"),
    ("apps", "DaemonSet"),
    ("apps", "Deployment"),
    ("apps", "StatefulSet"),
    ("autoscaling", "HorizontalPodAutoscaler"),
    ("batch", "CronJob"),
    ("batch", "Job"),
    ("networking.k8s.io", "NetworkPolicy"),
    ("policy", "PodDisruptionBudget"),
    ("rbac.authorization.k8s.io", "Role"),
    ("rbac.authorization.k8s.io", "RoleBinding"),
];

pub(super) const DEFINITION: Kind = ("apiextensions.k8s.io", "CustomResourceDefinition");
pub(super) const CLUSTER_ROLE: Kind = ("rbac.authorization.k8s.io", "ClusterRole");
pub(super) const CLUSTER_ROLE_BINDING: Kind = ("rbac.authorization.k8s.io", "ClusterRoleBinding");
pub(super) const MUTATING_WEBHOOKS: Kind = ("admissionregistration.k8s.io", "MutatingWebhookConfiguration");
pub(super) const VALIDATING_WEBHOOKS: Kind = ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration");

/// These kinds, and Secrets where there is a reason for them.
pub(super) fn with_secrets(mut kinds: BTreeSet<Kind>, secrets: Option<Reason>) -> BTreeSet<Kind> {
    if secrets.is_some() {
        kinds.insert(("", "Secret"));
    }
    kinds
}
