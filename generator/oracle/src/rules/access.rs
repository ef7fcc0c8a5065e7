//! Permissions of the Kubernetes API, and the tokens that use them.

use super::CrossRule;
use super::outside::{blocks, is_listed};
use crate::field::{at, has, list, text};
use crate::scene::{Findings, Scene};
use crate::selector::selects;
use crate::workload::Workload;
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "binding-role",
        sentence: "every RoleBinding binds a Role that exists, and every Role is bound exactly once",
        check: binding_role,
    },
    CrossRule {
        name: "binding-account",
        sentence: "every RoleBinding is for the account of a workload in its own namespace",
        check: binding_account,
    },
    CrossRule {
        name: "permission-token",
        sentence: "a pod has a token for the API server exactly when its account is permitted something",
        check: permission_token,
    },
    CrossRule {
        name: "token-one-container",
        sentence: "a token is mounted by one container only, at the place where clients look for it",
        check: token_one_container,
    },
    CrossRule {
        name: "token-path",
        sentence: "a pod can reach the API server exactly when it has a token",
        check: token_path,
    },
];

/// Where clients of the API server look for their token.
const TOKEN_FOLDER: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

fn binding_role(scene: &Scene<'_>, findings: &mut Findings) {
    for binding in scene.of_kind("RoleBinding") {
        if scene.find("Role", binding.space(), text(&binding.value, "roleRef.name")).is_none() {
            findings.push(binding.finding("binding-role", "the Role does not exist"));
        }
    }
    for role in scene.of_kind("Role") {
        let bindings = scene.of_kind("RoleBinding").iter().filter(|binding| binding.space() == role.space());
        let count = bindings.filter(|binding| text(&binding.value, "roleRef.name") == role.name).count();
        if count != 1 {
            findings.push(role.finding("binding-role", format!("{count} RoleBindings bind it, not one")));
        }
    }
}

fn is_subject(binding: &Document, namespace: &str, account: &str) -> bool {
    list(&binding.value, "subjects")
        .iter()
        .any(|subject| text(subject, "namespace") == namespace && text(subject, "name") == account)
}

fn binding_account(scene: &Scene<'_>, findings: &mut Findings) {
    for binding in scene.of_kind("RoleBinding") {
        let mut workloads = scene.workloads_in(binding.space());
        if !workloads.any(|workload| is_subject(binding, workload.namespace(), workload.account())) {
            findings.push(binding.finding("binding-account", "no workload of the namespace runs as the subject"));
        }
    }
}

fn permission_token(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        let bindings = scene.of_kind("RoleBinding").iter();
        let permitted = bindings.copied().any(|binding| is_subject(binding, workload.namespace(), workload.account()));
        if permitted != workload.has_api_token() {
            findings.push(
                workload
                    .document
                    .finding("permission-token", "it has a token without permissions, or permissions without one"),
            );
        }
    }
}

fn token_one_container(scene: &Scene<'_>, findings: &mut Findings) {
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
            if !matches!(mounts.as_slice(), [one] if text(one, "mountPath") == TOKEN_FOLDER) {
                findings.push(
                    workload
                        .document
                        .finding("token-one-container", "the token is mounted elsewhere, or more than once"),
                );
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
    for workload in &scene.workloads {
        if workload.has_api_token() != reaches_api_server(scene, workload) {
            findings.push(
                workload
                    .document
                    .finding("token-path", "it has a token and no path to the API server, or a path and no token"),
            );
        }
    }
}
