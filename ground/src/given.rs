//! What a tree takes for given in its cluster: classes that pods name, Secrets that declared operators make, claims that somebody else
//! made.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::api::Api;
use crate::pods::{self, SecretKeys};
use crate::stand_in::StandIn;
use crate::tree::Tree;

/// The label by which CloudNativePG knows the pods of a database.
pub(crate) const DATABASE: &str = "cnpg.io/cluster";

/// Creates the priority and runtime classes that pods name: the API server refuses pods that name others.
pub(crate) fn create_classes(api: &Api, tree: &Tree) -> Result<()> {
    let mut priorities = BTreeSet::new();
    let mut runtimes = BTreeSet::new();
    for (_, pod) in pods::templates(tree) {
        priorities.extend(pod["spec"]["priorityClassName"].as_str().map(str::to_owned));
        runtimes.extend(pod["spec"]["runtimeClassName"].as_str().map(str::to_owned));
    }
    for name in priorities {
        let class = json!({"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass",
            "metadata": {"name": name}, "value": 1000});
        api.create(&class, "?fieldValidation=Strict")?.object().context("a priority class")?;
    }
    for name in runtimes {
        let class = json!({"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass",
            "metadata": {"name": name}, "handler": "runc"});
        api.create(&class, "?fieldValidation=Strict")?.object().context("a runtime class")?;
    }
    Ok(())
}

/// Starts the stand-in for the declared operator CloudNativePG, and for whoever made the claims that the tree
/// mounts and does not render. Nothing else is made: a reference that nobody declared stays broken.
pub(crate) fn start(api: Api, tree: &Tree, keys: &SecretKeys) -> StandIn {
    let objects: Vec<Value> = operators_secrets(tree, keys).into_iter().chain(claims(tree)).collect();
    for object in &objects {
        eprintln!("  stands in for its maker: {}", crate::tree::label(object));
    }
    StandIn::start("stand-in for declared operators", move || {
        for object in &objects {
            let namespace = json!({"apiVersion": "v1", "kind": "Namespace",
                "metadata": {"name": object["metadata"]["namespace"]}});
            if api.get(&api.path(object)?)?.is_none() && api.get(&api.path(&namespace)?)?.is_some() {
                api.create(object, "")?.object().context("what somebody else makes")?;
            }
        }
        Ok(())
    })
}

/// The Secrets of databases that the tree opens the network for.
fn operators_secrets(tree: &Tree, keys: &SecretKeys) -> Vec<Value> {
    let made: BTreeSet<(String, String)> = tree
        .of_kind("NetworkPolicy")
        .filter_map(|policy| {
            let database = policy.object["spec"]["podSelector"]["matchLabels"][DATABASE].as_str()?;
            Some((policy.namespace().to_owned(), format!("{database}-app")))
        })
        .collect();
    made.into_iter()
        .map(|(namespace, name)| {
            let read = keys.get(&(namespace.clone(), name.clone()));
            let data: Map<String, Value> =
                read.into_iter().flatten().map(|key| (key.clone(), json!("made by the proving ground"))).collect();
            json!({"apiVersion": "v1", "kind": "Secret", "type": "Opaque", "stringData": data,
                "metadata": {"name": name, "namespace": namespace}})
        })
        .collect()
}

/// The claims that pods mount and nothing in the tree renders or makes from a template.
fn claims(tree: &Tree) -> Vec<Value> {
    let rendered = tree.of_kind("PersistentVolumeClaim").map(|claim| (claim.namespace(), claim.name().to_owned()));
    let templated = tree
        .of_kind("StatefulSet")
        .flat_map(|set| pods::first_claims(set).into_iter().map(|(_, claim)| (set.namespace(), claim)));
    let known: BTreeSet<(&str, String)> = rendered.chain(templated).collect();
    let mut mounted: BTreeSet<(String, String)> = BTreeSet::new();
    for (workload, pod) in pods::templates(tree) {
        for (kind, name) in pods::other_references(&pod) {
            if kind == "PersistentVolumeClaim" && !known.contains(&(workload.namespace(), name.clone())) {
                mounted.insert((workload.namespace().to_owned(), name));
            }
        }
    }
    mounted
        .into_iter()
        .map(|(namespace, name)| {
            json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim",
                "metadata": {"name": name, "namespace": namespace},
                "spec": {"accessModes": ["ReadWriteMany"], "storageClassName": "the-default",
                    "resources": {"requests": {"storage": "1Gi"}}}})
        })
        .collect()
}

/// The storage classes that claims and templates of claims name.
pub(crate) fn storage_classes(tree: &Tree) -> BTreeSet<String> {
    let claims = tree.of_kind("PersistentVolumeClaim").map(|claim| &claim.object);
    let templates = tree.of_kind("StatefulSet").flat_map(|set| pods::each(&set.object["spec"]["volumeClaimTemplates"]));
    claims.chain(templates).filter_map(|claim| claim["spec"]["storageClassName"].as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::tree::Manifest;

    fn tree(objects: Vec<Value>) -> Tree {
        let manifest = |object| Manifest { path: PathBuf::new(), text: String::new(), object };
        Tree { root: PathBuf::new(), manifests: objects.into_iter().map(manifest).collect() }
    }

    #[test]
    fn a_secret_of_a_declared_database_is_made_and_no_other() {
        let mut keys = SecretKeys::new();
        keys.entry(("shop".to_owned(), "db-app".to_owned())).or_default().insert("uri".to_owned());
        keys.entry(("shop".to_owned(), "forgotten".to_owned())).or_default().insert("key".to_owned());
        let policy = json!({"kind": "NetworkPolicy", "metadata": {"name": "db", "namespace": "shop"},
            "spec": {"podSelector": {"matchLabels": {"cnpg.io/cluster": "db"}}}});
        let made = operators_secrets(&tree(vec![policy]), &keys);
        assert_eq!(made.len(), 1);
        assert_eq!(made[0]["metadata"]["name"], "db-app");
        assert!(made[0]["stringData"]["uri"].is_string());
    }

    #[test]
    fn a_claim_that_is_rendered_is_not_made() {
        let pod = |claim: &str| {
            json!({"kind": "Deployment", "metadata": {"name": claim, "namespace": "shop"},
                "spec": {"template": {"spec": {"volumes": [{"persistentVolumeClaim": {"claimName": claim}}]}}}})
        };
        let rendered = json!({"kind": "PersistentVolumeClaim", "metadata": {"name": "ours", "namespace": "shop"}});
        let set = json!({"kind": "StatefulSet", "metadata": {"name": "db", "namespace": "shop"},
            "spec": {"template": {"spec": {}}, "volumeClaimTemplates": [{"metadata": {"name": "data"}}]}});
        let made = claims(&tree(vec![pod("ours"), pod("theirs"), rendered, set]));
        assert_eq!(made.iter().map(|claim| claim["metadata"]["name"].clone()).collect::<Vec<_>>(), ["theirs"]);
    }
}
