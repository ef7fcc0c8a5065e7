//! Permissions of the Kubernetes API, and the tokens that use them.

use super::CrossRule;
use super::outside::{blocks, is_listed};
use crate::field::{at, has, list, pairs, text};
use crate::scene::{Findings, Scene};
use crate::selector::selects;
use crate::workload::Workload;
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "binding-role",
        sentence: "every binding binds a role that exists, and every role is bound exactly once",
        check: binding_role,
    },
    CrossRule {
        name: "binding-account",
        sentence: "every binding is for the account of the workload that its labels name, or for one that takes what this one offers",
        check: binding_account,
    },
    CrossRule {
        name: "permission-token",
        sentence: "a pod has a token for the API server exactly when its account is permitted something",
        check: permission_token,
    },
    CrossRule {
        name: "token-place",
        sentence: "a token is mounted at the place where clients look for it, and nowhere else",
        check: token_place,
    },
    CrossRule {
        name: "token-path",
        sentence: "a pod can reach the API server exactly when it has a token",
        check: token_path,
    },
];

/// Where clients of the API server look for their token.
const TOKEN_FOLDER: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// Bindings with the kind of what they bind.
const BINDINGS: [(&str, &str); 2] = [("RoleBinding", "Role"), ("ClusterRoleBinding", "ClusterRole")];

fn bindings<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a Document> {
    let found: Vec<_> = BINDINGS.iter().flat_map(|(kind, _)| scene.of_kind(kind).iter().copied()).collect();
    found.into_iter()
}

fn binding_role(scene: &Scene<'_>, findings: &mut Findings) {
    for (binding_kind, role_kind) in BINDINGS {
        let bound = |binding: &Document| text(&binding.value, "roleRef.name").to_owned();
        for binding in scene.of_kind(binding_kind) {
            if scene.find(role_kind, binding.space(), &bound(binding)).is_none() {
                findings.push(binding.finding("binding-role", "the role does not exist"));
            }
        }
        for role in scene.of_kind(role_kind) {
            let bindings = scene.of_kind(binding_kind).iter().filter(|binding| binding.space() == role.space());
            let count = bindings.filter(|binding| bound(binding) == role.name).count();
            if count != 1 {
                findings.push(role.finding("binding-role", format!("{count} bindings bind it, not one")));
            }
        }
    }
}

fn is_subject(binding: &Document, namespace: &str, account: &str) -> bool {
    list(&binding.value, "subjects")
        .iter()
        .any(|subject| text(subject, "namespace") == namespace && text(subject, "name") == account)
}

/// Whether a role or binding is what its labels say: of this service, and in its namespace or named after both.
fn is_of(document: &Document, namespace: &str, name: &str) -> bool {
    let labels = pairs(&document.value, "metadata.labels");
    let home = document
        .namespace
        .as_deref()
        .map_or_else(|| document.name == format!("{namespace}.{name}"), |home| home == namespace);
    home && labels.contains(&("app.kubernetes.io/name", name))
        && labels.contains(&("app.kubernetes.io/part-of", namespace))
}

/// Who takes what another one offers: the subject of a binding that is the other's, and bears the names of both.
fn taker<'s, 'a>(scene: &'s Scene<'a>, binding: &Document) -> Option<&'s Workload<'a>> {
    let owners = scene.workloads.iter().filter(|owner| is_of(binding, owner.namespace(), owner.name()));
    let names_both = |taker: &&Workload<'_>| {
        let of_both = |owner: &Workload<'_>| {
            binding.name == format!("{}.{}.{}", owner.name(), taker.namespace(), taker.name()) && !owner.is(taker)
        };
        owners.clone().any(of_both)
    };
    scene
        .workloads
        .iter()
        .filter(|taker| {
            binding.kind == "RoleBinding"
                && text(&binding.value, "roleRef.name") == binding.name
                && is_subject(binding, taker.namespace(), taker.account())
        })
        .find(names_both)
}

fn binding_account(scene: &Scene<'_>, findings: &mut Findings) {
    for binding in bindings(scene) {
        let runs = |workload: &Workload<'_>| {
            is_subject(binding, workload.namespace(), workload.account())
                && is_of(binding, workload.namespace(), workload.name())
        };
        if !scene.workloads.iter().any(runs) && taker(scene, binding).is_none() {
            findings.push(binding.finding("binding-account", "no workload of its labels runs as the subject"));
        }
    }
}

fn permission_token(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        let permitted = bindings(scene).any(|binding| is_subject(binding, workload.namespace(), workload.account()));
        if permitted != workload.has_api_token() {
            findings.push(
                workload
                    .document
                    .finding("permission-token", "it has a token without permissions, or permissions without one"),
            );
        }
    }
}

fn token_place(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for volume in workload.volumes() {
            let tokens = list(volume, "projected.sources").iter().map(|source| at(source, "serviceAccountToken"));
            let for_api = tokens.filter(|token| !token.is_null() && !has(token, "audience")).count() > 0;
            if !for_api {
                continue;
            }
            let mounts: Vec<_> = workload
                .containers()
                .flat_map(|container| list(container, "volumeMounts"))
                .filter(|mount| text(mount, "name") == text(volume, "name"))
                .collect();
            if mounts.is_empty() || mounts.iter().any(|mount| text(mount, "mountPath") != TOKEN_FOLDER) {
                findings.push(workload.document.finding("token-place", "the token is mounted elsewhere, or nowhere"));
            }
        }
    }
}

fn reaches_api_server(scene: &Scene<'_>, workload: &Workload<'_>) -> bool {
    blocks(scene).into_iter().any(|(policy, item)| {
        policy.space() == workload.namespace()
            && selects(at(&policy.value, "spec.podSelector"), &workload.labels)
            && item.protocol == "TCP"
            && is_listed(&item, &scene.peers.api_servers)
    })
}

fn token_path(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in scene.workloads.iter().filter(|workload| workload.has_template()) {
        if workload.has_api_token() != reaches_api_server(scene, workload) {
            findings.push(
                workload
                    .document
                    .finding("token-path", "it has a token and no path to the API server, or a path and no token"),
            );
        }
    }
}
