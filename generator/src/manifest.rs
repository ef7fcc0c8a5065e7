//! Manifests: objects with the path at which a reviewer finds them.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::graph::Id;

/// One object, ready to be written.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// The directory, from the root of the tree: `homelab/services/trips/trips-api`.
    pub(crate) directory: String,
    /// The name of the file, without its extension.
    pub(crate) stem: String,
    /// What a person is told to change instead of the file.
    pub(crate) declared_by: String,
    /// The object.
    pub(crate) object: Value,
    /// Whether it holds data that outlive the file.
    pub(crate) keeps_data: bool,
}

impl Manifest {
    /// `kind namespace/name`, for people.
    pub(crate) fn title(&self) -> String {
        let text = |pointer: &str| self.object.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (kind, namespace, name) = (text("/kind"), text("/metadata/namespace"), text("/metadata/name"));
        if namespace.is_empty() { format!("{kind} {name}") } else { format!("{kind} {namespace}/{name}") }
    }

    /// The line that says where the file comes from.
    pub(crate) fn header(&self) -> String {
        format!("# Rendered by Casemate: edit the declaration of {}, not this file.\n", self.declared_by)
    }
}

/// Where objects of one owner go.
#[derive(Debug)]
pub(crate) struct Place {
    directory: String,
    declared_by: String,
}

impl Place {
    /// The directory of a service.
    pub(crate) fn of_service(cluster: casemate_dsl::word::Name, id: Id) -> Self {
        Self { directory: format!("{cluster}/services/{}/{}", id.namespace, id.name), declared_by: id.to_string() }
    }

    /// The directory of a namespace. No service is named like it: a name has no underscore.
    pub(crate) fn of_namespace(cluster: casemate_dsl::word::Name, namespace: casemate_dsl::word::Namespace) -> Self {
        Self {
            directory: format!("{cluster}/services/{namespace}/_namespace"),
            declared_by: format!("namespace {namespace}"),
        }
    }

    /// A directory of Argo CD's own objects.
    pub(crate) fn of_cluster(cluster: casemate_dsl::word::Name, directory: &str) -> Self {
        Self { directory: format!("{cluster}/{directory}"), declared_by: format!("cluster {cluster}") }
    }

    /// The directory, from the root of the tree.
    pub(crate) fn directory(&self) -> &str {
        &self.directory
    }

    /// The object as a manifest of this place, in a file named after its kind and name.
    pub(crate) fn manifest(&self, object: &impl Serialize) -> Manifest {
        let object = in_order(to_value(object));
        let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        let stem = format!("{}-{}", text("/kind").to_lowercase(), text("/metadata/name"));
        Manifest {
            directory: self.directory.clone(),
            stem,
            declared_by: self.declared_by.clone(),
            object,
            keeps_data: false,
        }
    }
}

#[expect(
    clippy::expect_used,
    reason = "our structs and k8s-openapi's have string keys and no fallible fields: each has a JSON form"
)]
fn to_value(object: &impl Serialize) -> Value {
    serde_json::to_value(object).expect("an object of Kubernetes has a JSON form")
}

/// The keys that people look for first, in the order in which they expect them; the others follow as the types name them.
const FIRST: &[&str] = &[
    "apiVersion",
    "group",
    "kind",
    "metadata",
    "server",
    "name",
    "namespace",
    "labels",
    "annotations",
    "finalizers",
    "type",
    "spec",
    "description",
    "project",
    "source",
    "destination",
    "syncPolicy",
    "replicas",
    "schedule",
    "namespaceSelector",
    "podSelector",
    "policyTypes",
    "selector",
    "image",
    "command",
    "args",
    "to",
    "from",
    "ports",
    "env",
    "startupProbe",
    "readinessProbe",
    "livenessProbe",
    "requests",
    "resources",
    "serviceAccountName",
    "automountServiceAccountToken",
    "enableServiceLinks",
    "imagePullSecrets",
    "securityContext",
    "volumeMounts",
    "containers",
    "volumes",
];

/// Maps whose keys are the user's, and sorted already.
const FREE: &[&str] = &["labels", "annotations", "data", "matchLabels", "nodeSelector"];

fn in_order(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map
                .into_iter()
                .map(|(key, value)| {
                    let value = if FREE.contains(&key.as_str()) { value } else { in_order(value) };
                    (key, value)
                })
                .collect();
            entries.sort_by_cached_key(|(key, _)| FIRST.iter().position(|first| first == key).unwrap_or(FIRST.len()));
            Value::Object(Map::from_iter(entries))
        }
        Value::Array(items) => Value::Array(items.into_iter().map(in_order).collect()),
        scalar => scalar,
    }
}
