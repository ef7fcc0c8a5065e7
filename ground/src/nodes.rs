//! Nodes without machines: kwok plays their kubelets and the provisioner of their volumes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::api::Api;
use crate::certificates::write;
use crate::cluster::Plane;
use crate::given;
use crate::injector::containers;
use crate::pins::KWOK;
use crate::pods;
use crate::ports;
use crate::processes::Processes;
use crate::programs::Programs;
use crate::tree::{Tree, text};

/// The class that kwok's own stages are written for.
const THEIR_CLASS: &str = "self.spec.storageClassName == 'kwok-volume'";

/// Starts kwok with the stages of its own module. Those for volumes are written for one storage class; here they serve
/// every class.
pub(crate) fn start(home: &Path, plane: &Plane, programs: &Programs, processes: &mut Processes) -> Result<()> {
    let stages = programs.module(&KWOK)?.join("kustomize/stage");
    let folder = home.join("stages");
    std::fs::create_dir_all(&folder)?;
    let [port] = ports::free()?;
    let mut command = Command::new(programs.path(&KWOK, "kwok")?);
    command
        .arg("--kubeconfig")
        .arg(&plane.kubeconfig)
        .args(["--manage-all-nodes=true", "--cidr=10.244.0.0/16", "--node-ip=10.0.0.1"])
        .args(["--node-lease-duration-seconds=40", &format!("--server-address=127.0.0.1:{port}")]);
    let mut used = 0;
    for group in ["node/fast", "node/heartbeat", "pod/fast", "volume/fast"] {
        for path in yaml_files(&stages.join(group))? {
            let content = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            if content.contains("kind: Stage") {
                let copy = folder.join(format!("{used}.yaml"));
                write(&copy, &content.replace(THEIR_CLASS, "self.spec.storageClassName != ''"))?;
                command.arg("--config").arg(copy);
                used += 1;
            }
        }
    }
    processes.start("kwok", &mut command)
}

/// Creates nodes that can run every pod of the tree, and the storage classes that its claims name.
pub(crate) fn create(api: &Api, tree: &Tree) -> Result<()> {
    for node in nodes(tree) {
        api.create(&node, "?fieldValidation=Strict")?.object().context("a node")?;
    }
    let mut classes = given::storage_classes(tree);
    classes.insert("the-default".to_owned());
    for class in classes {
        let object = json!({
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
            "metadata": {"name": class, "annotations": {
                "storageclass.kubernetes.io/is-default-class": if class == "the-default" { "true" } else { "false" },
            }},
            "provisioner": "kwok.x-k8s.io/volume", "reclaimPolicy": "Delete", "volumeBindingMode": "Immediate",
        });
        api.create(&object, "?fieldValidation=Strict")?.object().context("a storage class")?;
    }
    Ok(())
}

/// At least three nodes in three zones; one more for each set of labels that pods select and no node has yet.
fn nodes(tree: &Tree) -> Vec<Value> {
    let mut wanted: Vec<BTreeMap<String, String>> = vec![BTreeMap::new(); 3];
    let mut devices = Map::new();
    for (_, pod) in pods::templates(tree) {
        let labels: BTreeMap<String, String> = pod["spec"]["nodeSelector"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| (key.clone(), text(value).to_owned()))
            .collect();
        if !labels.is_empty() && !wanted.contains(&labels) {
            wanted.push(labels);
        }
        for container in containers(&pod) {
            for (resource, _) in container["resources"]["limits"].as_object().into_iter().flatten() {
                if resource.contains('/') {
                    devices.insert(resource.clone(), json!("16"));
                }
            }
        }
    }
    let node = |(number, labels): (usize, BTreeMap<String, String>)| {
        let name = format!("ground-{number}");
        let mut all = Map::new();
        all.insert("kubernetes.io/hostname".to_owned(), json!(name));
        all.insert("kubernetes.io/os".to_owned(), json!("linux"));
        all.insert("kubernetes.io/arch".to_owned(), json!("amd64"));
        all.insert("topology.kubernetes.io/zone".to_owned(), json!(format!("zone-{}", number % 3)));
        all.extend(labels.into_iter().map(|(key, value)| (key, json!(value))));
        let mut capacity = devices.clone();
        capacity.extend(
            [("cpu", "64"), ("memory", "256Gi"), ("pods", "500"), ("ephemeral-storage", "1Ti")]
                .map(|(resource, quantity)| (resource.to_owned(), json!(quantity))),
        );
        json!({
            "apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": all},
            "status": {"capacity": capacity, "allocatable": capacity},
        })
    };
    wanted.into_iter().enumerate().map(node).collect()
}

fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("kwok's module has no {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    Ok(paths)
}
