//! What identities may do with the Kubernetes API, evaluated as Kubernetes evaluates RBAC.
//!
//! Property tests compare this set with the declared needs: nothing less, nothing more.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::field::{list, text, texts};
use crate::world::{Document, World};

/// One right: a verb on a resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Right {
    /// Who has it: `namespace/account`, or the kind and name of what is no ServiceAccount.
    pub subject: String,
    /// The namespace to which it is confined; none for the whole cluster.
    pub within: Option<String>,
    /// The API group; empty for the core.
    pub group: String,
    /// The resource, with its subresource: `pods`, `modelcaches/status`.
    pub resource: String,
    /// The one object that it is about; none for all of them.
    pub name: Option<String>,
    /// The verb.
    pub verb: String,
}

/// Every right that a binding of the tree hands out. A binding of a role that is not in the tree hands out what nobody knows: the
/// verb `*` on the resource `*`.
#[must_use]
pub fn allowed_rights(world: &World) -> BTreeSet<Right> {
    let mut rights = BTreeSet::new();
    let bindings =
        world.documents().iter().filter(|it| ["RoleBinding", "ClusterRoleBinding"].contains(&it.kind.as_str()));
    for binding in bindings {
        let role = role_of(world, binding);
        let rules = role.map_or_else(unknown, |role| list(&role.value, "rules").to_vec());
        for subject in list(&binding.value, "subjects") {
            let subject = match text(subject, "kind") {
                "ServiceAccount" => format!("{}/{}", text(subject, "namespace"), text(subject, "name")),
                kind => format!("{kind} {}", text(subject, "name")),
            };
            // What a RoleBinding binds, a ClusterRole even, holds in its namespace only.
            for rule in &rules {
                add(&mut rights, &subject, binding.namespace.as_ref(), rule);
            }
        }
    }
    rights
}

fn role_of<'a>(world: &'a World, binding: &Document) -> Option<&'a Document> {
    let kind = text(&binding.value, "roleRef.kind");
    let home = if kind == "Role" { binding.space() } else { "" };
    let name = text(&binding.value, "roleRef.name");
    world.documents().iter().find(|role| role.kind == kind && role.space() == home && role.name == name)
}

fn unknown() -> Vec<Value> {
    vec![serde_json::json!({"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]})]
}

fn add(rights: &mut BTreeSet<Right>, subject: &str, within: Option<&String>, rule: &Value) {
    // An empty list of names means every object.
    let names: Vec<Option<&str>> = match texts(rule, "resourceNames") {
        names if names.is_empty() => vec![None],
        names => names.into_iter().map(Some).collect(),
    };
    let subjects = texts(rule, "apiGroups").into_iter().flat_map(|group| {
        texts(rule, "resources").into_iter().map(move |resource| (group.to_owned(), resource.to_owned()))
    });
    // URLs of the API server that are no resources.
    let urls = texts(rule, "nonResourceURLs").into_iter().map(|url| ("no resource".to_owned(), url.to_owned()));
    for (group, resource) in subjects.chain(urls) {
        for (name, verb) in names.iter().flat_map(|name| texts(rule, "verbs").into_iter().map(move |verb| (name, verb)))
        {
            rights.insert(Right {
                subject: subject.to_owned(),
                within: within.cloned(),
                group: group.clone(),
                resource: resource.clone(),
                name: name.map(str::to_owned),
                verb: verb.to_owned(),
            });
        }
    }
}
