//! Requests as the API server shows them to a webhook.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::tree::{Tree, label, text};

/// The namespaces of a tree, and who writes in them.
#[derive(Debug)]
pub(super) struct Cluster {
    namespaces: BTreeMap<String, Value>,
    argocd: String,
}

/// One request.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) object: Value,
    pub(super) old: Value,
    pub(super) part: &'static str,
    pub(super) user: Value,
    namespace: Value,
}

/// A namespace of nobody's.
pub(super) const ELSEWHERE: &str = "elsewhere";

impl Cluster {
    pub(super) fn of(tree: &Tree) -> Result<Self> {
        let namespaces = tree.of_kind("Namespace").map(|manifest| {
            let mut namespace = manifest.object.clone();
            // The API server writes this label.
            namespace["metadata"]["labels"]["kubernetes.io/metadata.name"] = json!(manifest.name());
            (manifest.name().to_owned(), namespace)
        });
        let mut namespaces: BTreeMap<String, Value> = namespaces.collect();
        namespaces.insert(ELSEWHERE.to_owned(), elsewhere());
        let argocd = tree.root_application()?.namespace().to_owned();
        Ok(Self { namespaces, argocd })
    }

    /// The labels of every namespace.
    pub(super) fn labels(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.namespaces.iter().map(|(name, namespace)| (name.as_str(), &namespace["metadata"]["labels"]))
    }

    /// A namespace of services.
    pub(super) fn of_services(&self) -> Result<&Value> {
        self.namespaces.values().find(|one| is_of_services(one)).context("the tree has no namespace of services")
    }

    /// The names of all namespaces of services.
    pub(super) fn all_of_services(&self) -> impl Iterator<Item = &str> {
        self.namespaces.iter().filter(|(_, one)| is_of_services(one)).map(|(name, _)| name.as_str())
    }

    /// Argo CD creates an object.
    pub(super) fn created(&self, object: Value) -> Question {
        self.updated(object, Value::Null)
    }

    /// Argo CD changes an object.
    pub(super) fn updated(&self, object: Value, old: Value) -> Question {
        let home = match text(&object["kind"]) {
            "Namespace" => text(&object["metadata"]["name"]),
            _ => text(&object["metadata"]["namespace"]),
        };
        let namespace = self.namespaces.get(home).cloned().unwrap_or_default();
        let account = format!("system:serviceaccount:{}:argocd-application-controller", self.argocd);
        Question { object, old, part: "", user: user(&account), namespace }
    }
}

impl Question {
    /// By this account.
    pub(super) fn by(mut self, account: &str) -> Self {
        self.user = user(account);
        self
    }

    /// Through a part of the object.
    pub(super) const fn through(mut self, part: &'static str) -> Self {
        self.part = part;
        self
    }

    /// What it is about, for people.
    pub(super) fn name(&self) -> String {
        let verb = if self.old.is_null() { "created" } else { "updated" };
        format!("{} {verb}", label(&self.object))
    }

    /// As the engine reads it.
    pub(super) fn json(&self) -> Value {
        let api_version = text(&self.object["apiVersion"]);
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        let kind = text(&self.object["kind"]);
        let metadata = &self.object["metadata"];
        let home = if kind == "Namespace" { &metadata["name"] } else { &metadata["namespace"] };
        let what = json!({"group": group, "version": version, "kind": kind});
        let resource = json!({"group": group, "version": version, "resource": plural(kind)});
        json!({
            "namespace": self.namespace,
            "request": {
                "uid": "ground",
                "kind": what,
                "resource": resource,
                "subResource": self.part,
                "requestKind": what,
                "requestResource": resource,
                "requestSubResource": self.part,
                "name": metadata["name"],
                "namespace": text(home),
                "operation": if self.old.is_null() { "CREATE" } else { "UPDATE" },
                "userInfo": self.user,
                "object": self.object,
                "oldObject": self.old,
            },
        })
    }
}

fn is_of_services(namespace: &Value) -> bool {
    namespace["metadata"]["labels"]["casemate.dev/tier"] == "services"
}

/// An account with the groups that the API server gives it.
fn user(account: &str) -> Value {
    let mut groups = vec!["system:authenticated".to_owned()];
    if let Some((namespace, _)) = account.strip_prefix("system:serviceaccount:").and_then(|rest| rest.split_once(':')) {
        groups.extend(["system:serviceaccounts".to_owned(), format!("system:serviceaccounts:{namespace}")]);
    }
    json!({"username": account, "groups": groups})
}

fn elsewhere() -> Value {
    json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": ELSEWHERE, "labels": {
        "kubernetes.io/metadata.name": ELSEWHERE,
        "pod-security.kubernetes.io/enforce": "privileged",
    }}})
}

/// The resource of a kind.
fn plural(kind: &str) -> String {
    let kind = kind.to_ascii_lowercase();
    match kind.strip_suffix('y') {
        Some(start) => format!("{start}ies"),
        None if kind.ends_with('s') => format!("{kind}es"),
        None => format!("{kind}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_are_named_as_the_api_server_names_them() {
        for (kind, resource) in
            [("Pod", "pods"), ("NetworkPolicy", "networkpolicies"), ("Ingress", "ingresses"), ("TLSRoute", "tlsroutes")]
        {
            assert_eq!(plural(kind), resource);
        }
    }

    #[test]
    fn an_account_is_in_the_group_of_its_namespace() {
        let groups = user("system:serviceaccount:shop:web")["groups"].to_string();
        assert!(groups.contains("\"system:serviceaccounts:shop\""), "{groups}");
        assert!(!user("alice")["groups"].to_string().contains("serviceaccounts"));
    }
}
