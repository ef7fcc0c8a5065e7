//! What roles permit: reading, and writing what nobody else depends on.

use std::collections::BTreeSet;

use serde_json::Value;

use super::CrossRule;
use crate::field::{at, has, list, texts};
use crate::scene::{Findings, Scene};
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "cluster-wide-reads",
        sentence: "a ClusterRole permits to get, list and watch, or to keep custom resources that are the service's own",
        check: cluster_wide_reads,
    },
    CrossRule {
        name: "harmless-writes",
        sentence: "a Role permits to write leases, events, config maps by name, custom resources of no platform, and pods where an operator creates them",
        check: harmless_writes,
    },
    CrossRule {
        name: "offered-right",
        sentence: "what a Role permits to another than its service is to read or keep custom resources of that service's own",
        check: offered_right,
    },
    CrossRule {
        name: "named-writes",
        sentence: "a rule about names does not list, and one that creates, lists or watches has no names",
        check: named_writes,
    },
];

const WRITES: [&str; 4] = ["create", "update", "patch", "delete"];

/// Groups whose objects decide what others run or may do; those below them are theirs, too.
const OF_THE_PLATFORM: [&str; 13] = [
    "argoproj.io",
    "cert-manager.io",
    "cilium.io",
    "crossplane.io",
    "external-secrets.io",
    "fluxcd.io",
    "istio.io",
    "k8s.io",
    "kyverno.io",
    "linkerd.io",
    "onepassword.com",
    "openshift.io",
    "projectcalico.org",
];

/// One resource of one rule.
struct Permission<'a> {
    group: &'a str,
    resource: &'a str,
    verbs: BTreeSet<&'a str>,
    is_named: bool,
}

fn permissions(role: &Document) -> Vec<Permission<'_>> {
    let mut found = Vec::new();
    for rule in list(&role.value, "rules") {
        for group in texts(rule, "apiGroups") {
            for resource in texts(rule, "resources") {
                let verbs = texts(rule, "verbs").into_iter().collect();
                found.push(Permission { group, resource, verbs, is_named: has(rule, "resourceNames") });
            }
        }
    }
    found
}

impl Permission<'_> {
    fn writes(&self) -> bool {
        WRITES.iter().any(|verb| self.verbs.contains(verb))
    }

    /// Whether it is about custom resources of a group of which no part of the platform is.
    fn is_custom(&self) -> bool {
        let below = |domain: &&str| self.group == *domain || self.group.ends_with(&format!(".{domain}"));
        self.group.contains('.') && !OF_THE_PLATFORM.iter().any(below)
    }

    /// Whether it is about resources that the role keeps: their status and their finalizers, too.
    fn is_own(&self, all: &[Self]) -> bool {
        let plural = self.resource.split('/').next().unwrap_or_default();
        let has_part = |part: &str| {
            all.iter().any(|other| other.group == self.group && other.resource == format!("{plural}/{part}"))
        };
        let may = match self.resource.split_once('/') {
            None => ["get", "list", "watch", "create", "update", "patch", "delete"].as_slice(),
            Some((_, "status")) => &["get", "update", "patch"],
            Some(_) => &["update"],
        };
        self.is_custom()
            && !self.is_named
            && has_part("status")
            && has_part("finalizers")
            && self.verbs.iter().copied().eq(may.iter().copied().collect::<BTreeSet<_>>())
    }
}

fn cluster_wide_reads(scene: &Scene<'_>, findings: &mut Findings) {
    for role in scene.of_kind("ClusterRole") {
        let all = permissions(role);
        for permission in &all {
            let reads = permission.verbs.iter().copied().eq(["get", "list", "watch"]) && !permission.is_named;
            if !(reads && !permission.resource.contains('/') || permission.is_own(&all)) {
                let sentence = format!("it permits {:?} of `{}`", permission.verbs, permission.resource);
                findings.push(role.finding("cluster-wide-reads", sentence));
            }
        }
    }
}

/// Whether a write of a Role's leaves the neighbours of its service alone.
fn is_harmless(scene: &Scene<'_>, role: &Document, permission: &Permission<'_>, all: &[Permission<'_>]) -> bool {
    let only_creates = WRITES.iter().filter(|verb| permission.verbs.contains(**verb)).eq(&["create"]);
    let creates_pods = scene.peers.created_pods.iter().any(|(namespace, _)| namespace == role.space());
    match (permission.group, permission.resource) {
        ("coordination.k8s.io", "leases") | ("" | "events.k8s.io", "events") => true,
        ("", "configmaps") => permission.is_named || only_creates,
        ("", "pods") | ("batch", "jobs") => creates_pods,
        (_, resource) if resource.contains('/') => permission.is_own(all),
        _ => permission.is_custom(),
    }
}

fn harmless_writes(scene: &Scene<'_>, findings: &mut Findings) {
    for role in scene.of_kind("Role") {
        let all = permissions(role);
        let writes = all.iter().filter(|permission| permission.writes());
        for permission in writes.filter(|permission| !is_harmless(scene, role, permission, &all)) {
            let sentence = format!("it permits {:?} of `{}`", permission.verbs, permission.resource);
            findings.push(role.finding("harmless-writes", sentence));
        }
    }
}

/// A Role of a service's own is named like it; what it offers to another bears the names of both.
fn offered_right(scene: &Scene<'_>, findings: &mut Findings) {
    for role in scene.of_kind("Role") {
        let name = at(&role.value, "metadata.labels").get("app.kubernetes.io/name");
        let owner = name.and_then(Value::as_str).unwrap_or_default();
        if role.name == owner {
            continue;
        }
        let dotted = format!("{}.{owner}", role.space());
        let of_owner = [scene.find("Role", role.space(), owner), scene.find("ClusterRole", "", &dotted)];
        let kept: Vec<_> = of_owner.into_iter().flatten().map(permissions).collect();
        let is_kept = |offered: &Permission<'_>| {
            kept.iter().any(|all| {
                all.iter().any(|own| {
                    (own.group, own.resource) == (offered.group, offered.resource)
                        && !own.resource.contains('/')
                        && own.is_own(all)
                })
            })
        };
        for permission in permissions(role).iter().filter(|permission| permission.is_named || !is_kept(permission)) {
            let sentence = format!("it gives away `{}`, which `{owner}` does not keep", permission.resource);
            findings.push(role.finding("offered-right", sentence));
        }
    }
}

/// What is created has no name yet, and a list is of all names: the API server refuses the first and ignores names for the second.
fn named_writes(scene: &Scene<'_>, findings: &mut Findings) {
    for role in scene.of_kind("Role").iter().chain(scene.of_kind("ClusterRole")) {
        for permission in permissions(role).iter().filter(|permission| permission.is_named) {
            if ["create", "list", "watch"].iter().any(|verb| permission.verbs.contains(verb)) {
                let sentence = format!("`{}` by name, with a verb that knows no names", permission.resource);
                findings.push(role.finding("named-writes", sentence));
            }
        }
    }
}
