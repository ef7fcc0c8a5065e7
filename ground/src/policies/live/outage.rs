//! Kyverno away, and everything restarted: what is shut stays shut, and what repairs can start.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::super::request::{Cluster, ELSEWHERE};
use super::asked::is_away;
use super::install::{ADMISSION, Kyverno};
use crate::api::Api;
use crate::table::Findings;
use crate::tree::{Manifest, Tree, label, text};
use crate::{pods, workloads};

/// Nothing enters a namespace of services.
pub(super) fn shut(api: &Api, cluster: &Cluster, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let (_, pod) = pods::templates(tree).into_iter().next().context("the tree has no pod")?;
    let answer = api.create(&pod, "?dryRun=All")?;
    findings.check("a pod of a service waits for Kyverno", is_away(&answer.message()), || answer.message());
    let ours = text(&cluster.of_services()?["metadata"]["name"]).to_owned();
    let secret = json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s", "namespace": ours}});
    let answer = api.create(&secret, "?dryRun=All")?;
    findings.check("a Secret of a service waits, too", is_away(&answer.message()), || answer.message());
    Ok(())
}

/// Everywhere else pods start, Kyverno's own, too.
pub(super) fn repaired(api: &Api, kyverno: &Kyverno, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let of_platform = tree
        .of_kind("Namespace")
        .filter(|namespace| namespace.object["metadata"]["labels"]["casemate.dev/tier"] == "platform");
    let namespaces: Vec<&str> = of_platform.map(Manifest::name).chain([ELSEWHERE, "kube-system"]).collect();
    for namespace in namespaces {
        let answer = api.create(&harmless(namespace), "?dryRun=All")?;
        findings.check(&format!("a pod in {namespace} starts"), answer.granted(), || answer.message());
    }
    let deployment = kyverno.deployment(ADMISSION)?.clone();
    let repaired = Tree {
        root: tree.root.clone(),
        manifests: vec![Manifest { path: "kyverno.yaml".into(), text: String::new(), object: deployment.clone() }],
    };
    api.create(&deployment, "")?.object().with_context(|| label(&deployment))?;
    workloads::ready(api, &repaired, findings)
}

/// A pod that Pod Security admits everywhere, and no rule of ours would.
pub(super) fn harmless(namespace: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "repair", "namespace": namespace}, "spec": {
        "securityContext": {"runAsNonRoot": true, "runAsUser": 65532, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [{"name": "c", "image": "busybox", "securityContext": {
            "allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}],
    }})
}

/// Every pod goes, as when the power did.
pub(super) fn lose_all_pods(api: &Api) -> Result<usize> {
    let all = api.list("v1", "Pod")?.unwrap_or_default();
    for pod in &all {
        let object = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {
            "name": pod["metadata"]["name"], "namespace": pod["metadata"]["namespace"]}});
        api.delete(&format!("{}?gracePeriodSeconds=0", api.path(&object)?))?;
    }
    Ok(all.len())
}
