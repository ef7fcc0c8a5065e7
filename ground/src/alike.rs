//! Whether what a cluster is not taken through was judged on another cluster.
//!
//! What Argo CD does when definitions are late, when somebody edits by hand, when something foreign is committed and when a
//! declaration goes is decided by few fields of the objects: how Applications sync, what projects permit, and what an object's
//! own annotations and finalizers ask for. Where all of these have been seen, the events prove nothing new.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::pods::each;
use crate::table::Findings;
use crate::tree::{Manifest, Tree, label, text};

/// What Argo CD is told about an object begins so.
const ARGOCD: &str = "argocd.argoproj.io/";

/// Says where an Application's sources lie, which is its own.
const PATHS: &str = "argocd.argoproj.io/manifest-generate-paths";

/// Each object of `tree` is treated as some object of its kind in `whole`, the tree that was taken through everything.
pub(crate) fn judge(tree: &Tree, whole: &Tree, findings: &mut Findings) {
    let seen: BTreeSet<String> = whole.manifests.iter().map(|manifest| treatment(manifest).to_string()).collect();
    for manifest in &tree.manifests {
        let treatment = treatment(manifest).to_string();
        findings.check(&label(&manifest.object), seen.contains(&treatment), || {
            format!(
                "{} treats no {} so ({treatment}): what is not repeated was judged nowhere; judge this cluster by itself, with \
                 --tree {}",
                whole.cluster(),
                manifest.kind(),
                tree.root.display()
            )
        });
    }
}

/// The fields that decide what Argo CD does with an object, without the object's own names.
fn treatment(manifest: &Manifest) -> Value {
    let (object, metadata) = (&manifest.object, &manifest.object["metadata"]);
    let mut annotations = metadata["annotations"].clone();
    if let Some(annotations) = annotations.as_object_mut() {
        annotations.retain(|key, _| key.starts_with(ARGOCD) && key != PATHS);
    }
    let spec = match manifest.kind() {
        "Application" => application(&object["spec"]),
        "AppProject" => project(&object["spec"]),
        _ => Value::Null,
    };
    json!({
        "apiVersion": object["apiVersion"], "kind": object["kind"], "finalizers": metadata["finalizers"], "spec": spec,
        "annotations": if annotations.as_object().is_none_or(serde_json::Map::is_empty) { Value::Null } else { annotations },
        "data": metadata["labels"]["casemate.dev/data"],
    })
}

fn application(spec: &Value) -> Value {
    let mut spec = spec.clone();
    nameless(&mut spec["project"]);
    nameless(&mut spec["destination"]["namespace"]);
    for name in ["repoURL", "targetRevision", "path"] {
        nameless(&mut spec["source"][name]);
    }
    spec
}

fn project(spec: &Value) -> Value {
    let mut spec = spec.clone();
    nameless(&mut spec["description"]);
    for repository in spec["sourceRepos"].as_array_mut().into_iter().flatten() {
        nameless(repository);
    }
    for (list, name) in
        [("destinations", "namespace"), ("clusterResourceWhitelist", "name"), ("namespaceResourceWhitelist", "name")]
    {
        for item in spec[list].as_array_mut().into_iter().flatten() {
            if item[name].is_string() {
                nameless(&mut item[name]);
            }
        }
        // How many namespaces a project has is its own; of which sort they are is not.
        let sorts: BTreeSet<String> = each(&spec[list]).map(Value::to_string).collect();
        spec[list] = json!(sorts);
    }
    spec
}

/// A name is as good as another. A pattern is not.
fn nameless(name: &mut Value) {
    if !text(name).contains('*') {
        *name = json!("its own");
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::table::Table;

    fn tree(objects: &[Value]) -> Tree {
        let manifest = |object: &Value| Manifest { path: PathBuf::new(), text: String::new(), object: object.clone() };
        Tree { root: PathBuf::from("out/home"), manifests: objects.iter().map(manifest).collect() }
    }

    fn application(name: &str) -> Value {
        json!({"apiVersion": "argoproj.io/v1alpha1", "kind": "Application",
            "metadata": {"name": name, "annotations": {PATHS: format!("/out/{name}")}},
            "spec": {"project": name, "source": {"path": name, "directory": {"include": "*.yaml"}},
                "syncPolicy": {"automated": {"prune": true}, "retry": {"limit": -1}}}})
    }

    fn project(name: &str) -> Value {
        json!({"apiVersion": "argoproj.io/v1alpha1", "kind": "AppProject",
            "metadata": {"name": name, "finalizers": ["resources-finalizer.argocd.argoproj.io"]},
            "spec": {"sourceRepos": ["https://git.example.com/a.git"],
                "destinations": [{"server": "here", "namespace": name}],
                "namespaceResourceWhitelist": [{"group": "", "kind": "Service"}]}})
    }

    fn claim(name: &str) -> Value {
        json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": name,
            "annotations": {"argocd.argoproj.io/sync-options": "Prune=false", "example.com/note": name}}})
    }

    fn failed(of: &[Value]) -> usize {
        let whole = tree(&[application("large"), project("large"), claim("large")]);
        let mut table = Table::default();
        table.judge("the ground", "", "alike", |findings| {
            judge(&tree(of), &whole, findings);
            Ok(())
        });
        table.failed()
    }

    #[test]
    fn other_names_are_treated_alike() {
        assert_eq!(failed(&[application("small"), project("small"), claim("small")]), 0);
        let mut two = project("small");
        two["spec"]["destinations"] =
            json!([{"server": "here", "namespace": "a"}, {"server": "here", "namespace": "b"}]);
        assert_eq!(failed(&[two]), 0);
    }

    #[test]
    fn whatever_argo_cd_would_do_otherwise_was_judged_nowhere() {
        let changes: [(Value, &str, Value); 9] = [
            (application("a"), "/spec/syncPolicy/retry/limit", json!(5)),
            (application("a"), "/spec/syncPolicy/automated/prune", json!(false)),
            (application("a"), "/spec/source/directory/include", json!("*")),
            (project("a"), "/spec/destinations/0/namespace", json!("*")),
            (project("a"), "/spec/sourceRepos/0", json!("*")),
            (project("a"), "/spec/namespaceResourceWhitelist/0/kind", json!("Secret")),
            (project("a"), "/metadata/finalizers", json!([])),
            (claim("a"), "/metadata/annotations/argocd.argoproj.io~1sync-options", json!("Prune=true")),
            (claim("a"), "/kind", json!("PersistentVolume")),
        ];
        for (mut object, path, value) in changes {
            *object.pointer_mut(path).unwrap() = value;
            assert_eq!(failed(&[object]), 1, "{path}");
        }
    }
}
