//! Metadata that all layers give their objects: names, labels, waves and what Argo CD has to know.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use casemate_dsl::word::{KubernetesVersion, Namespace};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::graph::Id;

/// When an object is applied within its Application. Argo CD applies custom resources after Deployments unless told otherwise.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wave {
    /// The namespace itself.
    Namespace,
    /// What shuts a namespace.
    Fence,
    /// What a workload stands on: accounts, secrets, claims, policies.
    Foundation,
    /// Workloads.
    Workload,
    /// The ways in from outside.
    Perimeter,
}

impl Wave {
    const fn number(self) -> &'static str {
        match self {
            Self::Namespace => "-30",
            Self::Fence => "-20",
            Self::Foundation => "-10",
            Self::Workload => "0",
            Self::Perimeter => "10",
        }
    }
}

/// How Argo CD treats an object, beside its wave.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Treatment {
    /// Like any object.
    Plain,
    /// A custom resource: the first sync may happen before its definition exists.
    Custom,
    /// Data, which outlive the declaration.
    Kept,
}

/// The key of a wave.
pub(crate) const SYNC_WAVE: &str = "argocd.argoproj.io/sync-wave";

/// The options of objects: of custom resources, and of data.
pub(crate) const SYNC_OPTIONS: [&str; 2] = ["SkipDryRunOnMissingResource=true", "Prune=false,Delete=false"];

/// What an object is for, in words. *Well-Known Labels, Annotations and Taints*.
pub(crate) const DESCRIPTION: &str = "kubernetes.io/description";

/// The label of the tier that a namespace, or an Application, belongs to.
pub(crate) const TIER: &str = "casemate.dev/tier";

/// The label of the namespace that an object belongs to.
pub(crate) const PART_OF: &str = "app.kubernetes.io/part-of";

/// The label of the identity: what selectors select.
pub(crate) const NAME_LABEL: &str = "app.kubernetes.io/name";

/// The annotations of an object with this wave and treatment.
pub(crate) fn annotations(wave: Wave, treatment: Treatment) -> BTreeMap<String, String> {
    let mut annotations = BTreeMap::new();
    if !matches!(wave, Wave::Workload) {
        annotations.insert(SYNC_WAVE.to_owned(), wave.number().to_owned());
    }
    let options = match treatment {
        Treatment::Plain => None,
        Treatment::Custom => Some(SYNC_OPTIONS[0]),
        Treatment::Kept => Some(SYNC_OPTIONS[1]),
    };
    if let Some(options) = options {
        annotations.insert("argocd.argoproj.io/sync-options".to_owned(), options.to_owned());
    }
    if treatment == Treatment::Kept {
        annotations.insert("argocd.argoproj.io/compare-options".to_owned(), "IgnoreExtraneous".to_owned());
    }
    annotations
}

/// The labels of everything that belongs to a service.
pub(crate) fn labels(id: Id) -> BTreeMap<String, String> {
    let mut labels = namespace_labels(id.namespace);
    labels.insert(NAME_LABEL.to_owned(), id.name.to_string());
    labels
}

/// The labels of everything that belongs to a namespace.
pub(crate) fn namespace_labels(namespace: Namespace) -> BTreeMap<String, String> {
    let mut labels = managed_by_casemate();
    labels.insert(PART_OF.to_owned(), namespace.to_string());
    labels
}

/// The label of everything that is rendered.
pub(crate) fn managed_by_casemate() -> BTreeMap<String, String> {
    BTreeMap::from([("app.kubernetes.io/managed-by".to_owned(), "casemate".to_owned())])
}

/// The labels by which Pod Security holds a namespace to a level, as this version of Kubernetes has it.
pub(crate) fn pod_security(level: &str, version: KubernetesVersion) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    for mode in ["enforce", "audit", "warn"] {
        labels.insert(format!("pod-security.kubernetes.io/{mode}"), level.to_owned());
        labels.insert(format!("pod-security.kubernetes.io/{mode}-version"), format!("v{version}"));
    }
    labels
}

/// Ten digits of a hash, for the name of what cannot change: what differs has another name.
pub(crate) fn digits(hash: Sha256) -> String {
    hash.finalize().iter().take(5).fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// The pattern of the names, [`Id::dotted`], of what services of a namespace have in none.
pub(crate) fn cluster_names(namespace: Namespace) -> String {
    format!("{namespace}.*")
}

/// The metadata of an object of a service.
pub(crate) fn of_service(id: Id, name: impl Into<String>, wave: Wave, treatment: Treatment) -> ObjectMeta {
    ObjectMeta {
        name: Some(name.into()),
        namespace: Some(id.namespace.to_string()),
        labels: Some(labels(id)),
        annotations: Some(annotations(wave, treatment)).filter(|annotations| !annotations.is_empty()),
        ..ObjectMeta::default()
    }
}

/// The metadata of an object of a service that lies in no namespace.
pub(crate) fn of_cluster(id: Id, name: impl Into<String>, wave: Wave, treatment: Treatment) -> ObjectMeta {
    ObjectMeta { namespace: None, ..of_service(id, name, wave, treatment) }
}

/// The metadata of an object of a namespace.
pub(crate) fn of_namespace(
    namespace: Namespace,
    name: impl Into<String>,
    wave: Wave,
    treatment: Treatment,
) -> ObjectMeta {
    ObjectMeta {
        name: Some(name.into()),
        namespace: Some(namespace.to_string()),
        labels: Some(namespace_labels(namespace)),
        annotations: Some(annotations(wave, treatment)).filter(|annotations| !annotations.is_empty()),
        ..ObjectMeta::default()
    }
}

/// Selects the pods of a service, and no others: the name is unique in a namespace.
pub(crate) fn selector(id: Id) -> LabelSelector {
    LabelSelector {
        match_labels: Some(BTreeMap::from([(NAME_LABEL.to_owned(), id.name.to_string())])),
        ..LabelSelector::default()
    }
}

/// A custom resource of a kind that k8s-openapi does not know.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Custom<S> {
    pub(crate) api_version: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) metadata: ObjectMeta,
    pub(crate) spec: S,
}
