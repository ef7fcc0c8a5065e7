//! Argo CD: who may deploy what from where.

use super::metadata::{NAMESPACED, WAVED};
use super::notation::Rule::{Bool, Each, Exactly, Fits, Holds, Number, Object, Objects, OneOf, True, Within};
use super::notation::{Shape, Table, exactly_one_of, may, must};
use super::words::{
    API_GROUP, CLUSTER_NAMES, DURATION, LABEL, NAME, NON_EMPTY, REPOSITORY, REVISION, TREE_PATH, URL_PATH,
};

/// The kinds of this family.
pub(crate) const SHAPES: &[Shape] = &[
    Shape { api_version: "argoproj.io/v1alpha1", kind: "Application", tables: &[NAMESPACED, OURS, WAVED, APPLICATION] },
    Shape { api_version: "argoproj.io/v1alpha1", kind: "AppProject", tables: &[NAMESPACED, OURS, WAVED, PROJECT] },
];

const OURS: Table = &[
    may("metadata.labels.<app.kubernetes.io/name>", Fits(LABEL)),
    may("metadata.labels.<app.kubernetes.io/part-of>", Fits(LABEL)),
    must("metadata.labels.<app.kubernetes.io/managed-by>", Exactly("casemate")),
];

const SERVER: &str = "https://kubernetes.default.svc";
const FINALIZERS: &[&str] =
    &["resources-finalizer.argocd.argoproj.io", "resources-finalizer.argocd.argoproj.io/background"];

const APPLICATION: Table = &[
    may("metadata.finalizers", Each(&OneOf(FINALIZERS))),
    may("metadata.annotations.<argocd.argoproj.io/manifest-generate-paths>", Fits(URL_PATH)),
    must("spec.project", Fits(NAME)),
    must("spec.source.repoURL", Fits(REPOSITORY)),
    must("spec.source.targetRevision", Fits(REVISION)),
    must("spec.source.path", Fits(TREE_PATH)),
    // One of the two, which `application-tool` holds.
    may("spec.source.directory.include", Exactly("*.yaml")),
    may("spec.source.plugin.name", Exactly("casemate")),
    may("spec.source.directory.recurse", Bool),
    must("spec.destination.server", Exactly(SERVER)),
    must("spec.destination.namespace", Fits(LABEL)),
    must("spec.syncPolicy.automated.prune", True),
    must("spec.syncPolicy.automated.selfHeal", True),
    must(
        "spec.syncPolicy.syncOptions",
        Holds(
            &["ServerSideApply=true", "PruneLast=true", "FailOnSharedResource=true"],
            &["CreateNamespace=false", "RespectIgnoreDifferences=true"],
        ),
    ),
    must("spec.syncPolicy.retry.limit", Number(-1)),
    // Without it Argo CD tries the failed revision for ever, and never the one that mends it.
    must("spec.syncPolicy.retry.refresh", True),
    must("spec.syncPolicy.retry.backoff.duration", Fits(DURATION)),
    must("spec.syncPolicy.retry.backoff.factor", Within(1, 10)),
    must("spec.syncPolicy.retry.backoff.maxDuration", Fits(DURATION)),
    may("spec.revisionHistoryLimit", Within(0, 100)),
    may("spec.ignoreDifferences", Objects(&[IGNORED])),
];

/// The restart of the 1Password operator, and nothing else.
const IGNORED: Table = &[
    must("group", Exactly("apps")),
    must("kind", Exactly("Deployment")),
    may(
        "jqPathExpressions",
        Each(&Exactly(".spec.template.metadata.annotations[\"operator.1password.io/last-restarted\"]")),
    ),
    may("jsonPointers", Each(&Exactly("/spec/template/metadata/annotations/operator.1password.io~1last-restarted"))),
    exactly_one_of(&["jqPathExpressions", "jsonPointers"]),
];

const PROJECT: Table = &[
    must("metadata.finalizers", Each(&OneOf(FINALIZERS))),
    may("spec.description", Fits(NON_EMPTY)),
    must("spec.sourceRepos", Each(&Fits(REPOSITORY))),
    must("spec.destinations", Objects(&[DESTINATION])),
    may("spec.clusterResourceWhitelist", Objects(&[CLUSTER_KIND])),
    must("spec.namespaceResourceWhitelist", Objects(&[KIND])),
    may("spec.orphanedResources", Object(&[ORPHANS])),
];

const DESTINATION: Table = &[must("server", Exactly(SERVER)), must("namespace", Fits(LABEL))];

/// A namespace, by its name, or what a service can have that lies in none. Which it is, `project-cluster-kinds` holds.
const CLUSTER_KIND: Table = &[
    must("group", OneOf(&["", "admissionregistration.k8s.io", "policies.kyverno.io", "rbac.authorization.k8s.io"])),
    must(
        "kind",
        OneOf(&[
            "ClusterRole",
            "ClusterRoleBinding",
            "GeneratingPolicy",
            "MutatingPolicy",
            "MutatingWebhookConfiguration",
            "Namespace",
            "ValidatingPolicy",
            "ValidatingWebhookConfiguration",
        ]),
    ),
    must("name", Fits(CLUSTER_NAMES)),
];

/// Every kind that may be deployed into a namespace. Not Secret, and nothing that this list does not name.
const KIND: Table = &[
    must("group", Fits(API_GROUP)),
    must(
        "kind",
        OneOf(&[
            "AppProject",
            "Application",
            "AuthorizationPolicy",
            "Certificate",
            "ConfigMap",
            "CronJob",
            "DNSEndpoint",
            "DaemonSet",
            "Deployment",
            "EgressNetwork",
            "HTTPRoute",
            "HorizontalPodAutoscaler",
            "Issuer",
            "Job",
            "LimitRange",
            "MeshTLSAuthentication",
            "NetworkAuthentication",
            "NetworkPolicy",
            "OnePasswordItem",
            "PersistentVolumeClaim",
            "PodDisruptionBudget",
            "ResourceQuota",
            "Role",
            "RoleBinding",
            "Server",
            "Service",
            "ServiceAccount",
            "StatefulSet",
            "TCPRoute",
            "TLSRoute",
            "ValidatingPolicy",
        ]),
    ),
];

const ORPHANS: Table = &[must("warn", Bool), may("ignore", Objects(&[ORPHAN]))];

const ORPHAN: Table = &[may("group", Fits(API_GROUP)), must("kind", Fits(NON_EMPTY)), must("name", Fits(NON_EMPTY))];
