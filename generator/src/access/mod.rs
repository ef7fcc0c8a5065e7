//! Access to the Kubernetes API: roles and their bindings, from declared needs (security model, anti-patterns).
//!
//! What is said of the service's namespace becomes a Role; what has a reason to reach further becomes a ClusterRole, which bears its
//! reasons. What is said of another service's custom resource becomes a Role in that one's namespace, which belongs to that one: with
//! whoever takes it, the right goes.

mod webhook;

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::view::{Verbs, Within};
use casemate_dsl::word::{Name, Reason};
use k8s_openapi::api::rbac::v1::{
    ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef, Subject as BoundSubject,
};

use crate::graph::{Facts, Grant, Id, Service};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};

const GROUP: &str = "rbac.authorization.k8s.io";

const READ: &[Verb] = &[Verb::Get, Verb::List, Verb::Watch];
const MANAGE: &[Verb] = &[Verb::Get, Verb::List, Verb::Watch, Verb::Create, Verb::Update, Verb::Patch, Verb::Delete];
const RUN: &[Verb] = &[Verb::Get, Verb::List, Verb::Watch, Verb::Create, Verb::Delete];
const KEEP: &[Verb] = &[Verb::Get, Verb::Update, Verb::Patch];

/// The verbs, in the order in which people name them.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Verb {
    Get,
    List,
    Watch,
    Create,
    Update,
    Patch,
    Delete,
}

impl Verb {
    const fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::List => "list",
            Self::Watch => "watch",
            Self::Create => "create",
            Self::Update => "update",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }
}

/// What a rule is about. Some rules are about objects of certain names.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Subject {
    group: &'static str,
    resource: String,
    is_named: bool,
}

/// The rights of a service, and what the API server asks it, where it declared any.
pub(crate) fn manifests(facts: &Facts, service: &Service, place: &Place) -> Vec<Manifest> {
    let id = service.id;
    let mut manifests = webhook::manifests(facts, service, place);
    let here = rules(service.grants.iter().filter(|grant| grant.within == Within::Namespace));
    if !here.is_empty() {
        let name = id.name.to_string();
        let metadata = || meta::of_service(id, name.clone(), Wave::Foundation, Treatment::Plain);
        manifests.push(place.manifest(&Role { metadata: metadata(), rules: Some(here) }));
        manifests.push(place.manifest(&RoleBinding {
            metadata: metadata(),
            role_ref: reference("Role", name.clone()),
            subjects: Some(vec![account(id)]),
        }));
    }
    for (taker, grants) in &service.offers {
        // Two services of a namespace may offer something to the same one.
        let name = format!("{}.{}", id.name, taker.dotted());
        let metadata = || meta::of_service(id, name.clone(), Wave::Foundation, Treatment::Plain);
        manifests.push(place.manifest(&Role { metadata: metadata(), rules: Some(rules(grants.iter())) }));
        manifests.push(place.manifest(&RoleBinding {
            metadata: metadata(),
            role_ref: reference("Role", name.clone()),
            subjects: Some(vec![account(*taker)]),
        }));
    }
    let everywhere = rules(service.grants.iter().filter(|grant| matches!(grant.within, Within::Cluster(_))));
    if !everywhere.is_empty() {
        let name = id.dotted();
        let mut metadata = meta::of_cluster(id, name.clone(), Wave::Foundation, Treatment::Plain);
        let binding = ClusterRoleBinding {
            metadata: metadata.clone(),
            role_ref: reference("ClusterRole", name),
            subjects: Some(vec![account(id)]),
        };
        metadata.annotations.get_or_insert_default().insert(meta::DESCRIPTION.to_owned(), description(service));
        manifests.push(place.manifest(&ClusterRole { metadata, rules: Some(everywhere), aggregation_rule: None }));
        manifests.push(place.manifest(&binding));
    }
    manifests
}

fn reference(kind: &str, name: String) -> RoleRef {
    RoleRef { api_group: GROUP.to_owned(), kind: kind.to_owned(), name }
}

fn account(id: Id) -> BoundSubject {
    BoundSubject {
        kind: "ServiceAccount".to_owned(),
        name: id.name.to_string(),
        namespace: Some(id.namespace.to_string()),
        api_group: None,
    }
}

/// Why a service reaches further than its namespace: each resource with its reason.
fn description(service: &Service) -> String {
    let reasons: Vec<String> = wide(service).into_iter().map(|(what, reason)| format!("{what}: {reason}")).collect();
    reasons.join("; ")
}

/// What a service may do with what is not its own, and why.
pub(crate) fn wide(service: &Service) -> BTreeSet<(String, Reason)> {
    let grants = service.grants.iter();
    grants
        .filter_map(|grant| match grant.within {
            Within::Cluster(reason) => Some((resource(grant), reason)),
            Within::Namespace | Within::Offered(_) => None,
        })
        .collect()
}

/// What a service may do with what is not its own, in words, and why.
pub(crate) fn across(service: &Service) -> BTreeSet<(String, Reason)> {
    let grants = service.grants.iter();
    grants
        .filter_map(|grant| match grant.within {
            Within::Cluster(reason) => Some((does(grant), reason)),
            Within::Namespace | Within::Offered(_) => None,
        })
        .collect()
}

/// A resource as people write it: `pods`, `nodes.metrics.k8s.io`.
fn resource(grant: &Grant) -> String {
    if grant.group.is_empty() { grant.resource.to_owned() } else { format!("{}.{}", grant.resource, grant.group) }
}

/// What is done with a resource, in words.
fn does(grant: &Grant) -> String {
    let what = resource(grant);
    match grant.verbs {
        Verbs::Read => format!("read {what}"),
        Verbs::Manage | Verbs::Own => format!("manage {what}"),
        Verbs::ManageOthers(reason) => format!("manage {what} ({reason})"),
        Verbs::Run(reason) => format!("run {what} ({reason})"),
        Verbs::ManageNamed(name) => format!("manage {what} `{name}`"),
    }
}

/// What others may do with what a service offers, in sentences.
pub(crate) fn offered(service: &Service) -> Vec<String> {
    let each = service.offers.iter().flat_map(|(taker, grants)| grants.iter().map(move |grant| (taker, grant)));
    each.map(|(taker, grant)| format!("{taker} may {}", does(grant))).collect()
}

/// What a service may do, in sentences.
pub(crate) fn sentences(service: &Service) -> Vec<String> {
    let sentence = |grant: &Grant| {
        let does = does(grant);
        match grant.within {
            Within::Namespace => does,
            Within::Offered(owner) => format!("{does} of {}/{}", owner.namespace(), owner.name()),
            Within::Cluster(reason) => format!("{does} of the whole cluster ({reason})"),
        }
    };
    service.grants.iter().map(sentence).collect()
}

/// One rule for each resource, with all verbs that were declared.
fn rules<'a>(grants: impl Iterator<Item = &'a Grant>) -> Vec<PolicyRule> {
    let mut rules: BTreeMap<Subject, (BTreeSet<Verb>, BTreeSet<Name>)> = BTreeMap::new();
    for Grant { group, resource, verbs, within: _ } in grants {
        let mut may = |resource: String, name: Option<Name>, verbs: &[Verb]| {
            let subject = Subject { group, resource, is_named: name.is_some() };
            let (all, names) = rules.entry(subject).or_default();
            all.extend(verbs);
            names.extend(name);
        };
        let resource = (*resource).to_owned();
        match *verbs {
            Verbs::Read => may(resource, None, READ),
            Verbs::Manage | Verbs::ManageOthers(_) => may(resource, None, MANAGE),
            Verbs::Run(_) => may(resource, None, RUN),
            Verbs::ManageNamed(name) => {
                may(resource.clone(), None, &[Verb::Create]);
                may(resource, Some(name), KEEP);
            }
            Verbs::Own => {
                may(format!("{resource}/finalizers"), None, &[Verb::Update]);
                may(format!("{resource}/status"), None, KEEP);
                may(resource, None, MANAGE);
            }
        }
    }
    rules
        .into_iter()
        .map(|(Subject { group, resource, is_named: _ }, (verbs, names))| PolicyRule {
            api_groups: Some(vec![group.to_owned()]),
            resources: Some(vec![resource]),
            // Left out means all: a rule about names has some.
            resource_names: Some(names.iter().map(ToString::to_string).collect())
                .filter(|names: &Vec<_>| !names.is_empty()),
            verbs: verbs.into_iter().map(|verb| verb.word().to_owned()).collect(),
            ..PolicyRule::default()
        })
        .collect()
}
