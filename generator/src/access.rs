//! Access to the Kubernetes API: a Role and its binding, from declared needs (security model, anti-patterns).

use std::collections::BTreeMap;

use casemate_dsl::view::Verbs;
use k8s_openapi::api::rbac::v1::{PolicyRule, Role, RoleBinding, RoleRef, Subject};

use crate::graph::{Grant, Service};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};

const READ: &[&str] = &["get", "list", "watch"];
const MANAGE: &[&str] = &["get", "list", "watch", "create", "update", "patch", "delete"];

/// The rights of a service, where it declared any.
pub(crate) fn manifests(service: &Service, place: &Place) -> Vec<Manifest> {
    if service.grants.is_empty() {
        return Vec::new();
    }
    let name = service.id.name.to_string();
    let metadata = || meta::of_service(service.id, name.clone(), Wave::Foundation, Treatment::Plain);
    let role = Role { metadata: metadata(), rules: Some(rules(service)) };
    let binding = RoleBinding {
        metadata: metadata(),
        role_ref: RoleRef {
            api_group: "rbac.authorization.k8s.io".to_owned(),
            kind: "Role".to_owned(),
            name: name.clone(),
        },
        subjects: Some(vec![Subject {
            kind: "ServiceAccount".to_owned(),
            name: name.clone(),
            namespace: Some(service.id.namespace.to_string()),
            api_group: None,
        }]),
    };
    vec![place.manifest(&role), place.manifest(&binding)]
}

/// One rule for each resource, with the widest verbs that were declared.
fn rules(service: &Service) -> Vec<PolicyRule> {
    let mut resources: BTreeMap<(&str, &str), Verbs> = BTreeMap::new();
    for Grant { group, resource, verbs } in &service.grants {
        let widest = resources.entry((group, resource)).or_insert(*verbs);
        *widest = (*widest).max(*verbs);
    }
    resources
        .into_iter()
        .map(|((group, resource), verbs)| {
            let verbs = match verbs {
                Verbs::Read => READ,
                Verbs::Manage => MANAGE,
            };
            PolicyRule {
                api_groups: Some(vec![group.to_owned()]),
                resources: Some(vec![resource.to_owned()]),
                verbs: verbs.iter().map(ToString::to_string).collect(),
                ..PolicyRule::default()
            }
        })
        .collect()
}
