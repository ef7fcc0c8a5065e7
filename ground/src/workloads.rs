//! Controllers, scheduler and simulated kubelets: pods Ready, claims bound, jobs complete.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::api::Api;
use crate::deployment::Deployment;
use crate::injector::containers;
use crate::interrupt;
use crate::pods::{self, each};
use crate::table::Findings;
use crate::tree::{Manifest, Tree, label, text};

const PATIENCE: Duration = Duration::from_mins(2);

/// Every Deployment, `StatefulSet` and `DaemonSet` has its pods, all Ready; every claim is bound.
pub(crate) fn ready(api: &Api, tree: &Tree, findings: &mut Findings) -> Result<()> {
    for manifest in &tree.manifests {
        let verdict = match manifest.kind() {
            "Deployment" | "StatefulSet" => {
                let wanted = manifest.object["spec"]["replicas"].as_u64().unwrap_or(1);
                reach(api, manifest, |live| live["status"]["readyReplicas"].as_u64() >= Some(wanted))
            }
            "DaemonSet" => reach(api, manifest, |live| {
                live["status"]["numberReady"].as_u64() >= live["status"]["desiredNumberScheduled"].as_u64()
            }),
            "PersistentVolumeClaim" => reach(api, manifest, |live| live["status"]["phase"] == "Bound"),
            "Job" => reach(api, manifest, complete),
            _ => continue,
        };
        findings.case(&label(&manifest.object), verdict?);
    }
    Ok(())
}

/// Every pod in the tree's namespaces runs, has its proxy, and everything that its node would mount is there. The
/// simulated kubelet starts a pod without looking; a real one would wait.
pub(crate) fn mounted(deployment: &Deployment<'_>, findings: &mut Findings) -> Result<()> {
    let namespaces: BTreeSet<&str> = deployment.tree.of_kind("Namespace").map(Manifest::name).collect();
    for pod in deployment.api.list("v1", "Pod")?.unwrap_or_default() {
        let namespace = text(&pod["metadata"]["namespace"]);
        if !namespaces.contains(namespace) || pod["status"]["phase"] == "Succeeded" {
            continue;
        }
        let mut wrong = Vec::new();
        if pod["status"]["phase"] != "Running" {
            wrong.push(format!("is {}", pod["status"]["phase"]));
        }
        if !containers(&pod).any(|container| container["name"] == "linkerd-proxy") {
            wrong.push("has no proxy".to_owned());
        }
        let find = |kind: &str, name: &str| {
            let object = json!({"apiVersion": "v1", "kind": kind, "metadata": {"name": name, "namespace": namespace}});
            deployment.api.get(&deployment.api.path(&object)?)
        };
        for (kind, name) in pods::other_references(&pod) {
            if find(kind, &name)?.is_none() {
                wrong.push(format!("refers to the {kind} {name}, which does not exist"));
            }
        }
        for (name, keys) in pods::secret_keys(&pod) {
            match find("Secret", &name)? {
                None => wrong.push(format!("refers to the Secret {name}, which does not exist")),
                Some(secret) => wrong.extend(
                    keys.iter()
                        .filter(|key| secret["data"][key.as_str()].is_null())
                        .map(|key| format!("reads {key} of the Secret {name}, which has no such key")),
                ),
            }
        }
        findings.case(&label(&pod), if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) });
    }
    Ok(())
}

/// Every CronJob's job, started once by hand as `kubectl create job --from` does, completes.
pub(crate) fn jobs(deployment: &Deployment<'_>, findings: &mut Findings) -> Result<()> {
    for manifest in deployment.tree.of_kind("CronJob") {
        let template = &manifest.object["spec"]["jobTemplate"];
        let mut metadata = template["metadata"].clone();
        metadata["name"] = json!(format!("{}-by-hand", manifest.name()));
        metadata["namespace"] = json!(manifest.namespace());
        metadata["annotations"]["cronjob.kubernetes.io/instantiate"] = json!("manual");
        let job = json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": metadata, "spec": template["spec"]});
        let object = deployment.api.create(&job, "?fieldValidation=Strict")?.object().with_context(|| label(&job))?;
        let path = deployment.api.path(&object)?;
        findings.case(&label(&manifest.object), wait(&deployment.api, &path, complete)?);
        deployment.api.delete(&format!("{path}?propagationPolicy=Background"))?;
    }
    Ok(())
}

fn complete(job: &Value) -> bool {
    each(&job["status"]["conditions"]).any(|one| one["type"] == "Complete" && one["status"] == "True")
}

fn reach(api: &Api, manifest: &Manifest, done: impl Fn(&Value) -> bool) -> Result<Result<(), String>> {
    wait(api, &api.path(&manifest.object)?, done)
}

fn wait(api: &Api, path: &str, done: impl Fn(&Value) -> bool) -> Result<Result<(), String>> {
    let waited = interrupt::until(path, PATIENCE, || {
        let live = api.get(path)?.unwrap_or_default();
        Ok(if done(&live) { Ok(()) } else { Err(format!("its status is {}", live["status"])) })
    });
    if interrupt::requested() { waited.map(Ok) } else { Ok(waited.map_err(|error| format!("{error:#}"))) }
}
