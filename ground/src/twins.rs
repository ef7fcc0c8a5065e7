//! Broken twins: our own objects with one thing made insecure or wrong, each of which a real program must refuse, in
//! words that show that it refused that thing. The unbroken twin must be accepted first.

mod layers;

use anyhow::Result;
use serde_json::{Value, json};

use crate::api::Api;
use crate::pods;
use crate::programme::Programme;
use crate::table::Findings;
use crate::tree::{Manifest, Tree};

const LAYERS: [&[Twin]; 7] = [
    layers::RUNTIME,
    layers::SECRETS,
    layers::ACCESS,
    layers::NETWORK,
    layers::MESH,
    layers::PERIMETER,
    layers::GITOPS,
];

struct Twin {
    layer: &'static str,
    /// The kind that is broken; a Pod is taken from a template.
    kind: &'static str,
    broken: &'static str,
    /// Words of the refusal.
    words: &'static str,
    /// Breaks the object, or says that this one has nothing to break.
    change: fn(&mut Value) -> bool,
}

impl Twin {
    fn name(&self) -> String {
        format!("{}: {} that {}", self.layer, self.kind, self.broken)
    }
}

const fn twin(
    layer: &'static str,
    kind: &'static str,
    broken: &'static str,
    words: &'static str,
    change: fn(&mut Value) -> bool,
) -> Twin {
    Twin { layer, kind, broken, words, change }
}

/// The twins that nothing in the tree can be broken into.
pub(crate) fn impossible(tree: &Tree) -> Vec<String> {
    LAYERS.into_iter().flatten().filter(|twin| pair(twin, tree).is_none()).map(Twin::name).collect()
}

/// Shows the API server each twin, unbroken and broken. What is judged wholly must have an object for each.
pub(crate) fn refuse_all(api: &Api, tree: &Tree, programme: Programme, findings: &mut Findings) -> Result<()> {
    for twin in LAYERS.into_iter().flatten() {
        let name = twin.name();
        let Some((whole, broken)) = pair(twin, tree) else {
            if programme == Programme::Whole {
                let reason = || format!("the tree has no {} of which such a twin could be made", twin.kind);
                findings.check(&name, false, reason);
            }
            continue;
        };
        let query = "?dryRun=All&fieldValidation=Strict";
        let answer = api.create(&whole, query)?;
        if !answer.granted() {
            findings.check(&name, false, || format!("its unbroken twin is refused, too: {}", answer.message()));
            continue;
        }
        let answer = api.create(&broken, query)?;
        let message = answer.message();
        let verdict = match answer.granted() {
            true => Err("the API server accepts it".to_owned()),
            false if message.contains(twin.words) => Ok(()),
            false => Err(format!("refused, but not for `{}`: {message}", twin.words)),
        };
        findings.case(&name, verdict);
    }
    immutable(api, tree, findings)
}

/// The first object of the kind that can be broken so, whole and broken, under a name that is not taken.
fn pair(twin: &Twin, tree: &Tree) -> Option<(Value, Value)> {
    let mut candidates: Vec<Value> = match twin.kind {
        "Pod" => pods::templates(tree).into_iter().map(|(_, pod)| pod).collect(),
        kind => tree.of_kind(kind).map(|manifest| manifest.object.clone()).collect(),
    };
    // A tree whose services need nothing of the Kubernetes API declares no Role.
    candidates.extend(tree.of_kind("ServiceAccount").next().and_then(|account| access(twin.kind, account)));
    candidates.into_iter().find_map(|mut whole| {
        whole["metadata"]["name"] = json!("twin");
        let mut broken = whole.clone();
        (twin.change)(&mut broken).then_some((whole, broken))
    })
}

/// A Role or binding as a service would declare it.
fn access(kind: &str, account: &Manifest) -> Option<Value> {
    let metadata = json!({"namespace": account.namespace()});
    let api_version = "rbac.authorization.k8s.io/v1";
    match kind {
        "Role" => Some(json!({"apiVersion": api_version, "kind": kind, "metadata": metadata,
            "rules": [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]}]})),
        "RoleBinding" => Some(json!({"apiVersion": api_version, "kind": kind, "metadata": metadata,
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "twin"},
            "subjects": [{"kind": "ServiceAccount", "name": account.name(), "namespace": account.namespace()}]})),
        _ => None,
    }
}

/// A configuration whose name holds its hash must not change under its name.
fn immutable(api: &Api, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let name = "runtime: ConfigMap that changes under its name";
    let Some(manifest) = tree.of_kind("ConfigMap").next() else {
        findings.check(name, false, || "the tree has no ConfigMap".to_owned());
        return Ok(());
    };
    let change = json!({"data": {"another": "value"}});
    let answer = api.merge(&format!("{}?dryRun=All", api.path(&manifest.object)?), &change)?;
    let refused = !answer.granted() && answer.message().contains("immutable");
    findings.check(name, refused, || answer.message());
    Ok(())
}

/// The first container's security context; the pod may be a template.
fn security(pod: &mut Value) -> &mut Value {
    &mut pod["spec"]["containers"][0]["securityContext"]
}

fn remove(object: &mut Value, field: &str) -> bool {
    object.as_object_mut().is_some_and(|object| object.remove(field).is_some())
}

fn add(list: &mut Value, item: Value) -> bool {
    if list.is_null() {
        *list = json!([]);
    }
    list.as_array_mut().is_some_and(|list| {
        list.push(item);
        true
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn every_layer_has_broken_twins_of_its_own() {
        let layers: Vec<BTreeSet<&str>> =
            LAYERS.iter().map(|twins| twins.iter().map(|twin| twin.layer).collect()).collect();
        assert!(layers.iter().all(|layer| layer.len() == 1), "{layers:?}");
        assert_eq!(layers.into_iter().flatten().collect::<BTreeSet<_>>().len(), 7);
    }

    #[test]
    fn what_a_tree_cannot_be_broken_into_is_known_by_name() {
        let server = json!({"kind": "Server", "metadata": {"name": "web"}, "spec": {"port": 1}});
        let manifest = Manifest { path: PathBuf::new(), text: String::new(), object: server };
        let impossible = impossible(&Tree { root: PathBuf::new(), manifests: vec![manifest] });
        assert!(impossible.contains(&"runtime: Pod that is privileged".to_owned()), "{impossible:?}");
        assert!(!impossible.contains(&"mesh: Server that names no port".to_owned()), "{impossible:?}");
    }

    #[test]
    fn a_twin_differs_from_the_whole() {
        let mut whole = json!({"spec": {"port": 1}});
        assert!((layers::MESH[0].change)(&mut whole));
        assert_eq!(whole, json!({"spec": {}}));
        assert!(!(layers::MESH[0].change)(&mut whole), "there is nothing left to break");
    }
}
