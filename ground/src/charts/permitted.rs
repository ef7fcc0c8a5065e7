//! What a project permits, as Argo CD reads it.

use serde_json::{Value, json};

use super::Chart;
use crate::pods::each;
use crate::table::Findings;
use crate::tree::{Tree, text};

/// Kinds that lie in no namespace, of those that charts render.
const IN_NO_NAMESPACE: [&str; 9] = [
    "APIService",
    "ClusterIssuer",
    "ClusterRole",
    "ClusterRoleBinding",
    "CustomResourceDefinition",
    "MutatingWebhookConfiguration",
    "Namespace",
    "PriorityClass",
    "ValidatingWebhookConfiguration",
];

pub(super) fn lies_in_a_namespace(object: &Value) -> bool {
    !IN_NO_NAMESPACE.contains(&text(&object["kind"]))
}

/// Whether a project of the tree permits an object, and what is not permitted.
pub(super) fn permitted(tree: &Tree, project: &str, object: &Value) -> Result<(), String> {
    let Some(project) = tree.of_kind("AppProject").find(|one| one.name() == project) else {
        return Err(format!("the tree has no project {project}"));
    };
    let spec = &project.object["spec"];
    let (kind, name) = (text(&object["kind"]), text(&object["metadata"]["name"]));
    let group = text(&object["apiVersion"]).split_once('/').map_or("", |(group, _)| group);
    let is_of = |entry: &&Value| entry["group"] == group && entry["kind"] == kind;
    if lies_in_a_namespace(object) {
        let namespace = text(&object["metadata"]["namespace"]);
        if !each(&spec["destinations"]).any(|to| to["namespace"] == namespace) {
            return Err(format!("it lies in namespace {namespace}, which its project does not reach"));
        }
        let is_permitted = each(&spec["namespaceResourceWhitelist"]).any(|entry| is_of(&entry));
        return if is_permitted { Ok(()) } else { Err("its project does not permit its kind".to_owned()) };
    }
    let mut entries = each(&spec["clusterResourceWhitelist"]).filter(is_of);
    if entries.any(|entry| matches(text(&entry["name"]), name)) {
        return Ok(());
    }
    Err("its project does not permit it by its name".to_owned())
}

/// What no chart may bring is refused by each project: a judge that never says no proves nothing.
pub(super) fn refuse_others(tree: &Tree, charts: &[Chart], findings: &mut Findings) {
    for chart in charts {
        for foreign in [
            json!({"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "x", "namespace": "argocd"}}),
            json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "cluster-admin"}}),
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "x"}}),
            json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "namespace": "kube-system"}}),
            json!({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "x", "namespace": "x"}}),
        ] {
            let refused = permitted(tree, &chart.project, &foreign).is_err();
            let case = format!("{}: no {}", chart.name, crate::tree::label(&foreign));
            findings.check(&case, refused, || "its project permits it".to_owned());
        }
    }
}

/// Patterns of names, where `*` is any text.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name
            .strip_prefix(before)
            .is_some_and(|rest| (0..=rest.len()).any(|at| rest.is_char_boundary(at) && matches(after, &rest[at..]))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_text() {
        assert!(matches("*.cert-manager.io", "issuers.cert-manager.io"));
        assert!(matches("cert-manager-*", "cert-manager-view"));
        assert!(!matches("cert-manager-*", "cert-manager"));
        assert!(!matches("cert-manager", "cert-manager-view"));
        assert!(!matches("*.cert-manager.io", "issuers.cert-manager.io.example"));
    }
}
