//! The platform: namespaces of charts, the Applications and projects that install them, and what lies beside them.

use super::metadata::{CLUSTER_WIDE, CUSTOM, KEPT, NAMESPACED, WAVED};
use super::notation::Rule::{
    Each, EmptyOr, Exactly, Fits, Foreign, Holds, Number, Object, Objects, OneObject, OneOf, True, Within,
};
use super::notation::{Shape, Table, at_most_one_of, exactly_one_of, may, must};
use super::words::{
    API_GROUP, CHART_NAMES, CHART_REPOSITORY, DURATION, GO_DURATION, HOST, ITEM_PATH, KIND_NAME, LABEL, NAME,
    NON_EMPTY, POD_SECURITY_VERSION, REPOSITORY, REVISION, TREE_PATH, URL_PATH,
};

/// The kinds of the platform. What charts render is not among them: no tree holds it.
pub(super) const SHAPES: &[Shape] = &[
    Shape { api_version: "v1", kind: "Namespace", tables: &[KEPT, NAMESPACE] },
    Shape { api_version: "argoproj.io/v1alpha1", kind: "Application", tables: &[NAMESPACED, OURS, WAVED, APPLICATION] },
    Shape { api_version: "argoproj.io/v1alpha1", kind: "AppProject", tables: &[NAMESPACED, OURS, WAVED, PROJECT] },
    Shape {
        api_version: "cert-manager.io/v1",
        kind: "Certificate",
        tables: &[NAMESPACED, BESIDE, CUSTOM, CERTIFICATE],
    },
    Shape { api_version: "cert-manager.io/v1", kind: "Issuer", tables: &[NAMESPACED, BESIDE, CUSTOM, SELF_SIGNED] },
    Shape {
        api_version: "cert-manager.io/v1",
        kind: "ClusterIssuer",
        tables: &[CLUSTER_WIDE, BESIDE, CUSTOM, AUTHORITY],
    },
    Shape { api_version: "onepassword.com/v1", kind: "OnePasswordItem", tables: &[NAMESPACED, BESIDE, CUSTOM, ITEM] },
    Shape {
        api_version: "trust.cert-manager.io/v1alpha1",
        kind: "Bundle",
        tables: &[CLUSTER_WIDE, BESIDE, CUSTOM, BUNDLE],
    },
];

const OURS: Table = &[must("metadata.labels.<app.kubernetes.io/managed-by>", Exactly("casemate"))];

const BESIDE: Table = &[
    must("metadata.labels.<app.kubernetes.io/managed-by>", Exactly("casemate")),
    must("metadata.labels.<app.kubernetes.io/part-of>", Fits(LABEL)),
];

const LEVEL: &[&str] = &["restricted", "baseline", "privileged"];

/// Its level and the labels for Linkerd go together: `platform-namespace` holds it.
const NAMESPACE: Table = &[
    must("metadata.name", Fits(LABEL)),
    must("metadata.labels.<app.kubernetes.io/managed-by>", Exactly("casemate")),
    must("metadata.labels.<casemate.dev/tier>", Exactly("platform")),
    must("metadata.labels.<pod-security.kubernetes.io/enforce>", OneOf(LEVEL)),
    must("metadata.labels.<pod-security.kubernetes.io/enforce-version>", Fits(POD_SECURITY_VERSION)),
    must("metadata.labels.<pod-security.kubernetes.io/audit>", OneOf(LEVEL)),
    must("metadata.labels.<pod-security.kubernetes.io/audit-version>", Fits(POD_SECURITY_VERSION)),
    must("metadata.labels.<pod-security.kubernetes.io/warn>", OneOf(LEVEL)),
    must("metadata.labels.<pod-security.kubernetes.io/warn-version>", Fits(POD_SECURITY_VERSION)),
    may("metadata.labels.<config.linkerd.io/admission-webhooks>", Exactly("disabled")),
    may("metadata.labels.<linkerd.io/is-control-plane>", Exactly("true")),
    may("metadata.labels.<linkerd.io/cni-resource>", Exactly("true")),
    may("metadata.annotations.<kubernetes.io/description>", Fits(NON_EMPTY)),
];

const SERVER: &str = "https://kubernetes.default.svc";
const FINALIZER: &str = "resources-finalizer.argocd.argoproj.io";

const APPLICATION: Table = &[
    must("metadata.labels.<casemate.dev/tier>", Exactly("platform")),
    must("metadata.finalizers", Each(&Exactly(FINALIZER))),
    may("metadata.annotations.<argocd.argoproj.io/manifest-generate-paths>", Fits(URL_PATH)),
    must("spec", Object(&[SPEC])),
];

/// A namespace has one source; a chart has a list, of itself and of what lies beside it.
const SPEC: Table = &[
    must("project", Fits(NAME)),
    may("source", Object(&[FOLDER])),
    may("sources", Objects(&[SOURCE])),
    exactly_one_of(&["source", "sources"]),
    must("destination.server", Exactly(SERVER)),
    must("destination.namespace", Fits(LABEL)),
    must("syncPolicy.automated.prune", True),
    must("syncPolicy.automated.selfHeal", True),
    must(
        "syncPolicy.syncOptions",
        Holds(&["ServerSideApply=true", "PruneLast=true", "FailOnSharedResource=true"], &["Delete=confirm"]),
    ),
    must("syncPolicy.retry.limit", Number(-1)),
    must("syncPolicy.retry.refresh", True),
    must("syncPolicy.retry.backoff.duration", Fits(DURATION)),
    must("syncPolicy.retry.backoff.factor", Within(1, 10)),
    must("syncPolicy.retry.backoff.maxDuration", Fits(DURATION)),
];

const FOLDER: Table = &[
    must("repoURL", Fits(REPOSITORY)),
    must("targetRevision", Fits(REVISION)),
    must("path", Fits(TREE_PATH)),
    may("directory", Object(&[DIRECTORY])),
    may("plugin.name", Exactly("casemate")),
    exactly_one_of(&["directory", "plugin"]),
];

/// A chart, or a folder of the tree.
const SOURCE: Table = &[
    must("repoURL", Fits(CHART_REPOSITORY)),
    must("targetRevision", Fits(REVISION)),
    may("chart", Fits(LABEL)),
    may("helm", Object(&[HELM])),
    may("path", Fits(TREE_PATH)),
    may("directory", Object(&[DIRECTORY])),
    may("plugin.name", Exactly("casemate")),
    exactly_one_of(&["chart", "path"]),
    exactly_one_of(&["helm", "directory", "plugin"]),
];

const DIRECTORY: Table = &[must("include", Exactly("*.yaml"))];

/// Values are text of the user's, or ours, or the chart's own.
const HELM: Table = &[
    must("releaseName", Fits(LABEL)),
    may("values", Fits(NON_EMPTY)),
    may("valuesObject", Foreign),
    at_most_one_of(&["values", "valuesObject"]),
];

const PROJECT: Table = &[
    must("metadata.finalizers", Each(&Exactly(FINALIZER))),
    may("metadata.annotations.<kubernetes.io/description>", Fits(NON_EMPTY)),
    must("spec.description", Fits(NON_EMPTY)),
    must("spec.sourceRepos", Each(&Fits(CHART_REPOSITORY))),
    must("spec.destinations", OneObject(&[DESTINATION])),
    may("spec.clusterResourceWhitelist", Objects(&[CLUSTER_KIND])),
    must("spec.namespaceResourceWhitelist", Objects(&[KIND])),
];

const DESTINATION: Table = &[must("server", Exactly(SERVER)), must("namespace", Fits(LABEL))];

/// No name is left out: all objects of the kind would be meant.
const CLUSTER_KIND: Table =
    &[must("group", Fits(API_GROUP)), must("kind", Fits(KIND_NAME)), must("name", Fits(CHART_NAMES))];

const KIND: Table = &[must("group", Fits(API_GROUP)), must("kind", Fits(KIND_NAME))];

const CERTIFICATE: Table = &[
    must("spec.secretName", Fits(NAME)),
    may("spec.isCA", True),
    may("spec.commonName", Fits(HOST)),
    may("spec.dnsNames", Each(&Fits(HOST))),
    must("spec.duration", Fits(GO_DURATION)),
    must("spec.renewBefore", Fits(GO_DURATION)),
    must("spec.privateKey.algorithm", Exactly("ECDSA")),
    may("spec.privateKey.encoding", Exactly("PKCS8")),
    must("spec.privateKey.rotationPolicy", Exactly("Always")),
    may("spec.usages", Each(&OneOf(&["server auth", "digital signature"]))),
    must("spec.issuerRef.name", Fits(NAME)),
    must("spec.issuerRef.kind", OneOf(&["Issuer", "ClusterIssuer"])),
    must("spec.issuerRef.group", Exactly("cert-manager.io")),
];

const SELF_SIGNED: Table = &[must("spec.selfSigned", EmptyOr(&[]))];

const AUTHORITY: Table = &[must("spec.ca.secretName", Fits(NAME))];

const ITEM: Table = &[must("type", Exactly("Opaque")), must("spec.itemPath", Fits(ITEM_PATH))];

/// A selector of namespaces that is empty would hand the bundle to all.
const BUNDLE: Table = &[
    must("spec.sources", Objects(&[BUNDLE_SOURCE])),
    must("spec.target.configMap.key", Exactly("ca-bundle.crt")),
    must("spec.target.namespaceSelector.matchLabels.<linkerd.io/is-control-plane>", Exactly("true")),
];

const BUNDLE_SOURCE: Table = &[must("secret", Object(&[BUNDLE_SECRET]))];

const BUNDLE_SECRET: Table = &[
    must("key", Exactly("tls.crt")),
    may("name", Fits(NAME)),
    may("selector.matchLabels.<casemate.dev/trust-anchor>", Exactly("previous")),
    exactly_one_of(&["name", "selector"]),
];
