//! Argo CD: what each project permits.

use std::collections::BTreeSet;

use super::CrossRule;
use super::gitops::{applications_of, owned};
use super::policies::GROUP;
use crate::closed::knows;
use crate::field::{at, list, text};
use crate::scene::{Findings, Scene};
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "project-destination",
        sentence: "a project's destinations are exactly those of its Applications",
        check: project_destination,
    },
    CrossRule {
        name: "project-kinds",
        sentence: "a project permits every kind that its Applications hold",
        check: project_kinds,
    },
    CrossRule {
        name: "project-cluster-kinds",
        sentence: "a project permits exactly the Namespaces that its Applications hold, or policies by their names, or the closed list of what services have that lies in none",
        check: project_cluster_kinds,
    },
    CrossRule {
        name: "project-known-kinds",
        sentence: "a project permits kinds of the closed world only",
        check: project_known_kinds,
    },
    CrossRule {
        name: "project-scope",
        sentence: "only a project for Argo CD's own namespace permits Applications and AppProjects, and nothing else",
        check: project_scope,
    },
];

fn project_destination(scene: &Scene<'_>, findings: &mut Findings) {
    for project in scene.of_kind("AppProject").iter().copied() {
        let permitted: BTreeSet<_> = list(&project.value, "spec.destinations")
            .iter()
            .map(|item| (text(item, "server"), text(item, "namespace")))
            .collect();
        let used: BTreeSet<_> = applications_of(scene, project)
            .map(|application| at(&application.value, "spec.destination"))
            .map(|item| (text(item, "server"), text(item, "namespace")))
            .collect();
        if permitted != used {
            findings.push(
                project
                    .finding("project-destination", format!("it permits {permitted:?}, its Applications use {used:?}")),
            );
        }
    }
}

fn kinds_of(project: &Document, field: &str) -> BTreeSet<(String, String, String)> {
    list(&project.value, field)
        .iter()
        .map(|item| (text(item, "group").to_owned(), text(item, "kind").to_owned(), text(item, "name").to_owned()))
        .collect()
}

fn project_kinds(scene: &Scene<'_>, findings: &mut Findings) {
    for project in scene.of_kind("AppProject").iter().copied() {
        let permitted = kinds_of(project, "spec.namespaceResourceWhitelist");
        for document in applications_of(scene, project).flat_map(|application| owned(scene, application)) {
            let kind = (document.group().to_owned(), document.kind.clone(), String::new());
            if document.namespace.is_some() && !permitted.contains(&kind) {
                findings.push(project.finding("project-kinds", format!("it does not permit {}", document.object())));
            }
        }
    }
}

/// What a service can have that lies in no namespace. Every project of services names all of them: Argo CD leaves alone what has left the list.
const IN_NO_NAMESPACE: [(&str, &str); 4] = [
    ("admissionregistration.k8s.io", "MutatingWebhookConfiguration"),
    ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
    ("rbac.authorization.k8s.io", "ClusterRole"),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
];

fn project_cluster_kinds(scene: &Scene<'_>, findings: &mut Findings) {
    for project in scene.of_kind("AppProject").iter().copied() {
        let pattern = format!("{}.*", project.name);
        let of_services: BTreeSet<_> = IN_NO_NAMESPACE
            .iter()
            .map(|(group, kind)| ((*group).to_owned(), (*kind).to_owned(), pattern.clone()))
            .collect();
        let permitted = kinds_of(project, "spec.clusterResourceWhitelist");
        let held: BTreeSet<_> = applications_of(scene, project)
            .flat_map(|application| owned(scene, application))
            .filter(|document| document.namespace.is_none())
            .map(|document| {
                let of_this = document.name.starts_with(&format!("{}.", project.name));
                let name = if of_this { pattern.clone() } else { document.name.clone() };
                (document.group().to_owned(), document.kind.clone(), name)
            })
            .collect();
        let for_argocd = is_for(project, &scene.peers.argocd_namespace);
        let is_policy = |(group, _, name): &(String, String, String)| group == GROUP && !name.contains('*');
        let of_policies = !held.is_empty() && held.iter().all(is_policy);
        let of_namespace = !of_policies && !held.is_empty() && held.is_disjoint(&of_services);
        let is_right = if of_policies {
            held.is_subset(&permitted) && permitted.iter().all(is_policy)
        } else if for_argocd || of_namespace {
            permitted == held
        } else {
            permitted == of_services && held.is_subset(&of_services)
        };
        if !is_right {
            findings
                .push(project.finding("project-cluster-kinds", format!("it permits {permitted:?} and holds {held:?}")));
        }
    }
}

fn project_known_kinds(scene: &Scene<'_>, findings: &mut Findings) {
    for project in scene.of_kind("AppProject").iter().copied() {
        let lists = ["spec.clusterResourceWhitelist", "spec.namespaceResourceWhitelist"];
        let permitted = lists.iter().flat_map(|list| kinds_of(project, list));
        for (group, kind, _) in permitted.filter(|(group, kind, _)| !knows(group, kind)) {
            let sentence = format!("it permits `{kind}` of `{group}`, which nothing in a tree is");
            findings.push(project.finding("project-known-kinds", sentence));
        }
    }
}

/// Whether a project deploys to a namespace.
fn is_for(project: &Document, namespace: &str) -> bool {
    list(&project.value, "spec.destinations").iter().any(|item| text(item, "namespace") == namespace)
}

fn project_scope(scene: &Scene<'_>, findings: &mut Findings) {
    for project in scene.of_kind("AppProject") {
        let argocd = scene.peers.argocd_namespace.as_str();
        let for_argocd = is_for(project, argocd);
        let only_argocd =
            list(&project.value, "spec.destinations").iter().all(|item| text(item, "namespace") == argocd);
        let kinds = kinds_of(project, "spec.namespaceResourceWhitelist");
        let of_argocd = |(group, kind, _): &(String, String, String)| {
            group == "argoproj.io" && ["Application", "AppProject"].contains(&kind.as_str())
        };
        let any = kinds.iter().any(of_argocd);
        if for_argocd != any || (any && !(only_argocd && kinds.iter().all(of_argocd))) {
            findings.push(project.finding("project-scope", "it mixes Argo CD's own objects with others"));
        }
    }
}
