//! What each identity of the tree may do, asked of the API server's own authorizer.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::api::Api;
use crate::pods::each;
use crate::table::Findings;
use crate::tree::{Manifest, Tree, text};

/// What no service may do, whatever it declares: group, resource, subresource, verb.
const NEVER: &[(&str, &str, &str, &str)] = &[
    ("", "secrets", "", "get"),
    ("", "secrets", "", "list"),
    ("", "pods", "exec", "create"),
    ("", "serviceaccounts", "token", "create"),
    ("", "serviceaccounts", "", "impersonate"),
    ("rbac.authorization.k8s.io", "roles", "", "escalate"),
    ("rbac.authorization.k8s.io", "clusterroles", "", "bind"),
    ("rbac.authorization.k8s.io", "rolebindings", "", "create"),
];

/// Asks for each ServiceAccount: nothing of [`NEVER`]; and for each bound Role: everything that it lists.
pub(crate) fn review(api: &Api, tree: &Tree, findings: &mut Findings) -> Result<()> {
    for account in tree.of_kind("ServiceAccount") {
        for (group, resource, subresource, verb) in NEVER {
            let attributes = json!({"namespace": account.namespace(), "group": group, "resource": resource,
                "subresource": subresource, "verb": verb});
            let allowed = allowed(api, account.namespace(), account.name(), &attributes)?;
            let case = format!("{}/{} may not {verb} {resource}", account.namespace(), account.name());
            findings.check(&case, !allowed, || "the API server allows it".to_owned());
        }
    }
    for binding in tree.of_kind("RoleBinding") {
        let roles = tree.of_kind("Role").filter(|role| role.namespace() == binding.namespace());
        let Some(role) = roles.into_iter().find(|role| binding.object["roleRef"]["name"] == role.name()) else {
            findings.check(binding.name(), false, || "its Role is not in the tree".to_owned());
            continue;
        };
        for subject in each(&binding.object["subjects"]).filter(|subject| subject["kind"] == "ServiceAccount") {
            granted(api, role, subject, findings)?;
        }
    }
    Ok(())
}

fn granted(api: &Api, role: &Manifest, subject: &Value, findings: &mut Findings) -> Result<()> {
    let (namespace, name) = (text(&subject["namespace"]), text(&subject["name"]));
    for rule in each(&role.object["rules"]) {
        let names: Vec<&str> = match rule["resourceNames"].as_array() {
            Some(names) => names.iter().map(text).collect(),
            None => vec![""],
        };
        for (group, resource, verb, object) in each(&rule["apiGroups"]).flat_map(|group| {
            let names = &names;
            each(&rule["resources"]).flat_map(move |resource| {
                each(&rule["verbs"]).flat_map(move |verb| {
                    names.iter().map(move |name| (text(group), text(resource), text(verb), *name))
                })
            })
        }) {
            let (resource, subresource) = resource.split_once('/').unwrap_or((resource, ""));
            let attributes = json!({"namespace": role.namespace(), "group": group, "resource": resource,
                "subresource": subresource, "verb": verb, "name": object});
            let allowed = allowed(api, namespace, name, &attributes)?;
            let case = format!("{namespace}/{name} may {verb} {resource} {object}");
            findings.check(&case, allowed, || "the API server denies it".to_owned());
        }
    }
    Ok(())
}

fn allowed(api: &Api, namespace: &str, account: &str, attributes: &Value) -> Result<bool> {
    let review = json!({
        "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "metadata": {},
        "spec": {
            "user": format!("system:serviceaccount:{namespace}:{account}"),
            "groups": ["system:serviceaccounts", format!("system:serviceaccounts:{namespace}"), "system:authenticated"],
            "resourceAttributes": attributes,
        },
    });
    let answer = api.create(&review, "?fieldValidation=Strict")?.object().context("a SubjectAccessReview")?;
    Ok(answer["status"]["allowed"] == true)
}
