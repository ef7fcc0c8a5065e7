//! Pods: the templates in the tree, and what they refer to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::injector::containers;
use crate::tree::{Manifest, Tree, text};

/// The Secrets that pods read: namespace and name, and the keys that they name.
pub(crate) type SecretKeys = BTreeMap<(String, String), BTreeSet<String>>;

/// The pod that a workload makes, as an object that can be created; none for kinds that make no pods.
pub(crate) fn pod(workload: &Manifest) -> Option<Value> {
    let spec = &workload.object["spec"];
    let template = match workload.kind() {
        "Deployment" | "StatefulSet" | "DaemonSet" | "Job" => &spec["template"],
        "CronJob" => &spec["jobTemplate"]["spec"]["template"],
        _ => return None,
    };
    let mut metadata = template["metadata"].clone();
    metadata["name"] = json!(format!("{}-template", workload.name()));
    metadata["namespace"] = json!(workload.namespace());
    let mut pod = json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"]});
    let volumes = first_claims(workload)
        .into_iter()
        .map(|(volume, claim)| json!({"name": volume, "persistentVolumeClaim": {"claimName": claim}}));
    let volumes: Vec<Value> = each(&template["spec"]["volumes"]).cloned().chain(volumes).collect();
    if !volumes.is_empty() {
        pod["spec"]["volumes"] = json!(volumes);
    }
    Some(pod)
}

/// The volumes that the controller gives a `StatefulSet`'s first pod for its templates, and the claims that it names after them.
pub(crate) fn first_claims(workload: &Manifest) -> Vec<(String, String)> {
    each(&workload.object["spec"]["volumeClaimTemplates"])
        .map(|template| text(&template["metadata"]["name"]))
        .map(|volume| (volume.to_owned(), format!("{volume}-{}-0", workload.name())))
        .collect()
}

/// Every pod template of the tree, with the manifest that holds it.
pub(crate) fn templates(tree: &Tree) -> Vec<(&Manifest, Value)> {
    tree.manifests.iter().filter_map(|manifest| Some((manifest, pod(manifest)?))).collect()
}

/// The keys that a pod reads from each Secret of its namespace.
pub(crate) fn secret_keys(pod: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut secrets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut reads = |name: &Value, keys: &[&Value]| {
        if let Some(name) = name.as_str() {
            secrets.entry(name.to_owned()).or_default().extend(keys.iter().map(|key| text(key).to_owned()));
        }
    };
    for container in containers(pod) {
        for variable in each(&container["env"]) {
            let reference = &variable["valueFrom"]["secretKeyRef"];
            reads(&reference["name"], &[&reference["key"]]);
        }
        for source in each(&container["envFrom"]) {
            reads(&source["secretRef"]["name"], &[]);
        }
    }
    for volume in each(&pod["spec"]["volumes"]) {
        let keys: Vec<&Value> = each(&volume["secret"]["items"]).map(|item| &item["key"]).collect();
        reads(&volume["secret"]["secretName"], &keys);
        for source in each(&volume["projected"]["sources"]) {
            let keys: Vec<&Value> = each(&source["secret"]["items"]).map(|item| &item["key"]).collect();
            reads(&source["secret"]["name"], &keys);
        }
    }
    for pull in each(&pod["spec"]["imagePullSecrets"]) {
        reads(&pull["name"], &[&json!(".dockerconfigjson")]);
    }
    secrets
}

/// The keys that all pods of the tree read.
pub(crate) fn all_secret_keys(tree: &Tree) -> SecretKeys {
    let mut all = SecretKeys::new();
    for (manifest, pod) in templates(tree) {
        for (name, keys) in secret_keys(&pod) {
            all.entry((manifest.namespace().to_owned(), name)).or_default().extend(keys);
        }
    }
    all
}

/// The names of the ConfigMaps and of the claims that a pod mounts or reads.
pub(crate) fn other_references(pod: &Value) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut refers = |kind: &'static str, name: &Value| {
        if let Some(name) = name.as_str() {
            found.push((kind, name.to_owned()));
        }
    };
    for container in containers(pod) {
        for variable in each(&container["env"]) {
            refers("ConfigMap", &variable["valueFrom"]["configMapKeyRef"]["name"]);
        }
        for source in each(&container["envFrom"]) {
            refers("ConfigMap", &source["configMapRef"]["name"]);
        }
    }
    for volume in each(&pod["spec"]["volumes"]) {
        refers("ConfigMap", &volume["configMap"]["name"]);
        refers("PersistentVolumeClaim", &volume["persistentVolumeClaim"]["claimName"]);
        for source in each(&volume["projected"]["sources"]) {
            refers("ConfigMap", &source["configMap"]["name"]);
        }
    }
    found
}

/// The items of a list; nothing when it is no list.
pub(crate) fn each(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_read_a_secret_is_seen() {
        let pod = json!({"spec": {
            "imagePullSecrets": [{"name": "pull"}],
            "initContainers": [{"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "db", "key": "uri"}}}]}],
            "containers": [{"envFrom": [{"secretRef": {"name": "all"}}]}],
            "volumes": [
                {"secret": {"secretName": "db", "items": [{"key": "ca.pem", "path": "ca"}]}},
                {"projected": {"sources": [{"secret": {"name": "p", "items": [{"key": "k", "path": "k"}]}}]}},
            ],
        }});
        let keys = secret_keys(&pod);
        assert_eq!(keys.keys().map(String::as_str).collect::<Vec<_>>(), ["all", "db", "p", "pull"]);
        assert_eq!(keys["db"].iter().map(String::as_str).collect::<Vec<_>>(), ["ca.pem", "uri"]);
        assert!(keys["pull"].contains(".dockerconfigjson"));
    }
}
