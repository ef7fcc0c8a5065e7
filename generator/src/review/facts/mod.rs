//! What the objects of a tree grant, as facts that can be compared one by one.
//!
//! A fact says what an object *does*, not how it is written: a NetworkPolicy that is renamed grants what it granted, and the same rule
//! in two policies is one grant. Where an empty list means everyone, the fact says everyone.

mod access;
mod gitops;
mod mesh;
mod network;
mod perimeter;
mod pods;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::changes::Changes;
use super::tree::Tree;
use crate::yaml_reader;

pub(super) use gitops::KEPT;
pub(super) use perimeter::PUBLIC;

/// What a fact is about. The order is that of the review.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Topic {
    /// A hostname, with who gets in.
    Hostname,
    /// Where a hostname leads.
    Destination,
    /// Something that a hardened tree has not.
    Weakness,
    /// A label or an annotation that shuts a namespace.
    Fence,
    /// Pods that take, or open, no connections but those that some policy allows.
    Isolation,
    /// Connections that a NetworkPolicy allows, by port.
    Connection,
    /// What a Server answers to those that no policy names.
    Server,
    /// Who an AuthorizationPolicy lets in.
    Caller,
    /// What an EgressNetwork does with hosts that no route names.
    Egress,
    /// An external host that a route opens.
    External,
    /// Rights in the Kubernetes API, by verb.
    Right,
    /// What the API server asks a webhook, and what happens while it is away.
    Webhook,
    /// Why a role reaches further than a namespace.
    Reason,
    /// Who has a role.
    Binding,
    /// What a project of Argo CD allows.
    Project,
    /// Where an Application comes from and where it goes.
    Application,
    /// A policy of Kyverno.
    Policy,
    /// A claim or a namespace, and whether Argo CD keeps it.
    Data,
    /// The image of a container.
    Image,
    /// The item of a secret.
    Item,
}

/// The identity of a fact: its topic, its cluster, and what it is about.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Subject {
    pub(super) topic: Topic,
    pub(super) cluster: String,
    pub(super) about: Vec<String>,
}

/// What is the case.
#[derive(Debug, Default)]
pub(super) struct Fact {
    /// All that is granted: ports, verbs. One entry where there can be only one.
    pub(super) values: BTreeSet<String>,
    /// A file that says so.
    pub(super) path: String,
}

/// The facts of a tree.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) facts: BTreeMap<Subject, Fact>,
    /// Files that differ and could not be read, with the reason.
    pub(super) unreadable: BTreeMap<String, String>,
}

/// An object and where it is.
#[derive(Debug)]
struct Object<'a> {
    cluster: &'a str,
    path: &'a str,
    value: Value,
}

impl Facts {
    /// The facts of the files that differ, and of those that could say the same.
    pub(super) fn of(tree: &Tree, changes: &Changes<'_>) -> Self {
        let differing: BTreeSet<&str> =
            changes.directories.values().flat_map(|directory| &directory.files).map(|file| file.path).collect();
        let mut facts = Self::default();
        let mut found = Vec::new();
        for (path, text) in &tree.files {
            let is_manifest = [".yaml", ".yml", ".json"].iter().any(|ending| path.ends_with(ending));
            let has_changed = differing.contains(path.as_str());
            if !is_manifest || !(has_changed || may_say_the_same(text)) {
                continue;
            }
            let cluster = path.split_once('/').map_or("", |(cluster, _)| cluster);
            match yaml_reader::read(text) {
                Ok(values) => found.extend(values.into_iter().map(|value| Object { cluster, path, value })),
                Err(reason) if has_changed => {
                    facts.unreadable.insert(path.clone(), reason);
                }
                Err(_) => {}
            }
        }
        let identities = mesh::Identities::of(&found);
        for object in &found {
            facts.add_all(object, &identities);
        }
        facts
    }

    fn add_all(&mut self, object: &Object<'_>, identities: &mesh::Identities) {
        match object.kind() {
            "ConfigMap" => perimeter::facts(self, object),
            "NetworkPolicy" => network::facts(self, object),
            "AuthorizationPolicy"
            | "Server"
            | "EgressNetwork"
            | "TLSRoute"
            | "TCPRoute"
            | "HTTPRoute"
            | "GRPCRoute" => {
                mesh::facts(self, object, identities);
            }
            "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration" => access::webhooks(self, object),
            "Role" | "ClusterRole" | "RoleBinding" | "ClusterRoleBinding" => access::facts(self, object),
            "AppProject" | "Application" | "ValidatingPolicy" | "MutatingPolicy" | "GeneratingPolicy"
            | "ClusterPolicy" => {
                gitops::facts(self, object);
            }
            "Namespace" | "PersistentVolumeClaim" => gitops::data(self, object),
            "OnePasswordItem" => {
                self.add(object, Topic::Item, [object.full_name()], [text(&object.value, "/spec/itemPath").to_owned()]);
            }
            "Secret" | "Ingress" => {
                self.add(object, Topic::Weakness, [object.title(), "stands in the tree".to_owned()], []);
            }
            "Service" => pods::of_service(self, object),
            _ => {}
        }
        pods::facts(self, object);
    }

    fn add<const ABOUT: usize, const VALUES: usize>(
        &mut self,
        object: &Object<'_>,
        topic: Topic,
        about: [String; ABOUT],
        values: [String; VALUES],
    ) {
        let subject = Subject { topic, cluster: object.cluster.to_owned(), about: about.into() };
        let fact = self.facts.entry(subject).or_default();
        fact.values.extend(values);
        object.path.clone_into(&mut fact.path);
    }
}

/// Whether an unchanged file has a kind of which several objects can say the same, or refer to one another.
fn may_say_the_same(text: &str) -> bool {
    ["Policy", "Authentication", "Route"].iter().any(|kind| {
        text.match_indices(kind).any(|(at, _)| {
            let line = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
            line.trim_start_matches([' ', '{', '"']).starts_with("kind")
        })
    })
}

impl Object<'_> {
    fn kind(&self) -> &str {
        text(&self.value, "/kind")
    }

    fn name(&self) -> &str {
        text(&self.value, "/metadata/name")
    }

    fn namespace(&self) -> &str {
        text(&self.value, "/metadata/namespace")
    }

    /// `namespace/name`.
    fn full_name(&self) -> String {
        match (self.namespace(), self.name()) {
            ("", name) => name.to_owned(),
            (namespace, name) => format!("{namespace}/{name}"),
        }
    }

    /// `Kind namespace/name`.
    fn title(&self) -> String {
        format!("{} {}", self.kind(), self.full_name())
    }

    fn annotation(&self, key: &str) -> &str {
        let annotations = self.value.pointer("/metadata/annotations");
        annotations.and_then(|annotations| annotations.get(key)).and_then(Value::as_str).unwrap_or_default()
    }
}

/// The text at a pointer, or nothing.
fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// The items at a pointer, or none.
fn items<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// A value in words: a text bare, all else as JSON.
fn spelled(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
