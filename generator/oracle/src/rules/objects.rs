//! Objects as such: who they are and where they are.

use std::collections::BTreeSet;

use super::CrossRule;
use crate::field::pairs;
use crate::scene::{Findings, Scene};

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule { name: "unique-object", sentence: "no object stands in two files", check: unique_object },
    CrossRule {
        name: "namespace-exists",
        sentence: "every object is in a Namespace of the tree, Argo CD's own objects in Argo CD's",
        check: namespace_exists,
    },
    CrossRule {
        name: "labels-agree",
        sentence: "an object is part of the namespace that it is in",
        check: labels_agree,
    },
];

fn unique_object(scene: &Scene<'_>, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for document in scene.documents {
        if !seen.insert((document.group(), &document.kind, &document.namespace, &document.name)) {
            findings.push(document.finding("unique-object", "another file holds the same object"));
        }
    }
}

fn namespace_exists(scene: &Scene<'_>, findings: &mut Findings) {
    let ours: BTreeSet<_> = scene.namespaces().map(|namespace| namespace.name.as_str()).collect();
    for document in scene.documents {
        let Some(namespace) = document.namespace.as_deref() else { continue };
        let is_argo = document.group() == "argoproj.io";
        let is_home = if is_argo { namespace == scene.peers.argocd_namespace } else { ours.contains(namespace) };
        if !is_home {
            findings.push(document.finding("namespace-exists", format!("`{namespace}` is no namespace for it")));
        }
    }
}

fn labels_agree(scene: &Scene<'_>, findings: &mut Findings) {
    let part_of = |labels: Vec<(&str, &str)>, namespace: &str| {
        labels.into_iter().all(|(key, value)| key != "app.kubernetes.io/part-of" || value == namespace)
    };
    for document in scene.documents.iter().filter(|document| document.group() != "argoproj.io") {
        let Some(namespace) = document.namespace.as_deref() else { continue };
        if !part_of(pairs(&document.value, "metadata.labels"), namespace) {
            findings.push(document.finding("labels-agree", format!("`part-of` is not `{namespace}`")));
        }
    }
    for workload in &scene.workloads {
        if !part_of(workload.labels.iter().map(|(key, value)| (*key, *value)).collect(), workload.namespace()) {
            let sentence = format!("`part-of` of the pods is not `{}`", workload.namespace());
            findings.push(workload.document.finding("labels-agree", sentence));
        }
    }
}
