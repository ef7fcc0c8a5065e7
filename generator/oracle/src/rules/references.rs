//! References to Secrets and ConfigMaps.

use super::CrossRule;
use crate::field::{at, list, text};
use crate::scene::{Findings, Scene};
use crate::workload::Workload;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "secret-item",
        sentence: "every Secret that a pod refers to comes from a OnePasswordItem or a Certificate of its namespace, or from an operator that the oracle was told of",
        check: secret_item,
    },
    CrossRule { name: "item-used", sentence: "every OnePasswordItem is used by a pod", check: item_used },
    CrossRule {
        name: "item-restart",
        sentence: "an item that a Deployment reads restarts it when it changes",
        check: item_restart,
    },
    CrossRule {
        name: "config-exists",
        sentence: "every ConfigMap that a pod refers to is in its namespace, with the key",
        check: config_exists,
    },
    CrossRule { name: "config-used", sentence: "every ConfigMap is used by a pod", check: config_used },
];

/// The only ConfigMap that Kubernetes itself puts into every namespace.
const ROOT_CERTIFICATE: &str = "kube-root-ca.crt";

fn secret_item(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        let pull = list(workload.spec, "imagePullSecrets")
            .iter()
            .map(|secret| (text(secret, "name"), "kubernetes.io/dockerconfigjson"));
        let data = workload.data_secrets().into_iter().map(|name| (name, "Opaque"));
        for (name, kind) in data.chain(pull) {
            let item = scene.find("OnePasswordItem", workload.namespace(), name);
            let of_item = item.is_some_and(|item| text(&item.value, "type") == kind);
            let made = kind == "Opaque" && is_made(scene, workload.namespace(), name);
            if of_item == made {
                let sentence = format!("nothing, or more than one thing, makes the Secret `{name}` of type `{kind}`");
                findings.push(workload.document.finding("secret-item", sentence));
            }
        }
    }
}

/// Whether a Certificate, or an operator that the oracle was told of, makes a Secret.
fn is_made(scene: &Scene<'_>, namespace: &str, name: &str) -> bool {
    let mut certificates = scene.of_kind("Certificate").iter().filter(|certificate| certificate.space() == namespace);
    certificates.any(|certificate| text(&certificate.value, "spec.secretName") == name)
        || scene.peers.secrets.contains(&(namespace.to_owned(), name.to_owned()))
}

fn item_used(scene: &Scene<'_>, findings: &mut Findings) {
    for item in scene.of_kind("OnePasswordItem") {
        if !scene.workloads_in(item.space()).any(|workload| workload.secrets().contains(&item.name.as_str())) {
            findings.push(item.finding("item-used", "no pod of the namespace refers to its Secret"));
        }
    }
}

fn item_restart(scene: &Scene<'_>, findings: &mut Findings) {
    for item in scene.of_kind("OnePasswordItem") {
        let by_deployment = scene.workloads_in(item.space()).any(|workload| {
            workload.document.kind == "Deployment" && workload.data_secrets().contains(&item.name.as_str())
        });
        let annotations = at(&item.value, "metadata.annotations");
        if by_deployment && annotations.get("operator.1password.io/auto-restart").is_none() {
            findings.push(item.finding("item-restart", "a Deployment reads it and is not restarted when it changes"));
        }
    }
}

/// Names of ConfigMaps with the keys that are asked of them.
fn configs<'a>(workload: &Workload<'a>) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut found = Vec::new();
    for variable in workload.variables() {
        let reference = at(variable, "valueFrom.configMapKeyRef");
        if !reference.is_null() {
            found.push((text(reference, "name"), vec![text(reference, "key")]));
        }
    }
    for volume in workload.volumes() {
        let projected = list(volume, "projected.sources").iter().map(|source| at(source, "configMap"));
        for config in std::iter::once(at(volume, "configMap")).chain(projected).filter(|config| !config.is_null()) {
            let mut keys: Vec<_> = list(config, "items").iter().map(|item| text(item, "key")).collect();
            if keys.is_empty() {
                let mounts = workload.containers().flat_map(|container| list(container, "volumeMounts"));
                let of_volume = mounts.filter(|mount| text(mount, "name") == text(volume, "name"));
                keys = of_volume.map(|mount| text(mount, "subPath")).filter(|path| !path.is_empty()).collect();
            }
            found.push((text(config, "name"), keys));
        }
    }
    found
}

fn config_exists(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for (name, keys) in configs(workload).into_iter().filter(|(name, _)| *name != ROOT_CERTIFICATE) {
            let Some(config) = scene.find("ConfigMap", workload.namespace(), name) else {
                findings.push(workload.document.finding("config-exists", format!("there is no ConfigMap `{name}`")));
                continue;
            };
            for key in keys.into_iter().filter(|key| at(&config.value, "data").get(key).is_none()) {
                let sentence = format!("the ConfigMap `{name}` has no key `{key}`");
                findings.push(workload.document.finding("config-exists", sentence));
            }
        }
    }
}

fn config_used(scene: &Scene<'_>, findings: &mut Findings) {
    for config in scene.of_kind("ConfigMap") {
        let used = |workload: &Workload<'_>| configs(workload).iter().any(|(name, _)| *name == config.name);
        if !scene.workloads_in(config.space()).any(used) {
            findings.push(config.finding("config-used", "no pod of the namespace refers to it"));
        }
    }
}
