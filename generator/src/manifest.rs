//! Manifests: objects with the path at which a reviewer finds them.

use std::sync::Arc;

use serde::Serialize;

use crate::graph::Id;
use crate::object::Object;

/// One object, ready to be written.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// The directory, from the root of the tree: `homelab/services/trips/trips-api`.
    pub(crate) directory: Arc<str>,
    /// The name of the file.
    pub(crate) file: String,
    /// What a person is told to change instead of the file.
    declared_by: Arc<str>,
    /// The object.
    pub(crate) object: Object,
    /// Whether it holds data that outlive the file.
    pub(crate) keeps_data: bool,
}

impl Manifest {
    /// `kind namespace/name`, for people.
    pub(crate) fn title(&self) -> String {
        let text = |keys: &[&str]| self.object.text(keys).unwrap_or_default();
        let (kind, name) = (text(&["kind"]), text(&["metadata", "name"]));
        match self.object.text(&["metadata", "namespace"]) {
            Some(namespace) => [kind, " ", namespace, "/", name].concat(),
            None => [kind, " ", name].concat(),
        }
    }

    /// The line that says where the file comes from, in parts.
    pub(crate) fn header(&self) -> [&str; 3] {
        ["# Rendered by Casemate: edit the declaration of ", &self.declared_by, ", not this file.\n"]
    }
}

/// Where objects of one owner go, which share what is said of it.
#[derive(Debug)]
pub(crate) struct Place {
    directory: Arc<str>,
    declared_by: Arc<str>,
}

impl Place {
    /// The directory of a service.
    pub(crate) fn of_service(cluster: casemate_dsl::word::Name, id: Id) -> Self {
        Self {
            directory: format!("{cluster}/services/{}/{}", id.namespace, id.name).into(),
            declared_by: id.to_string().into(),
        }
    }

    /// The directory of a namespace. No service is named like it: a name has no underscore.
    pub(crate) fn of_namespace(cluster: casemate_dsl::word::Name, namespace: casemate_dsl::word::Namespace) -> Self {
        Self {
            directory: format!("{cluster}/services/{namespace}/_namespace").into(),
            declared_by: format!("namespace {namespace}").into(),
        }
    }

    /// The directory of a namespace of the platform. No chart is named like it.
    pub(crate) fn of_platform_namespace(
        cluster: casemate_dsl::word::Name,
        namespace: casemate_dsl::word::Name,
    ) -> Self {
        Self {
            directory: format!("{cluster}/platform/{namespace}/_namespace").into(),
            declared_by: format!("namespace {namespace}").into(),
        }
    }

    /// The directory of what lies beside a chart.
    pub(crate) fn of_chart(
        cluster: casemate_dsl::word::Name,
        namespace: casemate_dsl::word::Name,
        release: casemate_dsl::word::Name,
    ) -> Self {
        Self {
            directory: format!("{cluster}/platform/{namespace}/{release}").into(),
            declared_by: format!("chart {release}").into(),
        }
    }

    /// A directory of Argo CD's own objects.
    pub(crate) fn of_cluster(cluster: casemate_dsl::word::Name, directory: &str) -> Self {
        Self { directory: format!("{cluster}/{directory}").into(), declared_by: format!("cluster {cluster}").into() }
    }

    /// The directory, from the root of the tree.
    pub(crate) fn directory(&self) -> &str {
        &self.directory
    }

    /// The object as a manifest of this place, in a file named after its kind and name.
    pub(crate) fn manifest(&self, object: &impl Serialize) -> Manifest {
        let object = tree_of(object);
        let text = |keys: &[&str]| object.text(keys).unwrap_or_default();
        let file = [&text(&["kind"]).to_ascii_lowercase(), "-", text(&["metadata", "name"]), ".yaml"].concat();
        Manifest {
            directory: Arc::clone(&self.directory),
            file,
            declared_by: Arc::clone(&self.declared_by),
            object,
            keeps_data: false,
        }
    }
}

#[expect(
    clippy::expect_used,
    reason = "our structs and k8s-openapi's have string keys, and strings, whole numbers and truth values in them"
)]
fn tree_of(object: &impl Serialize) -> Object {
    Object::of(object).expect("an object of Kubernetes is a tree of strings, numbers and truth values")
}
