//! Objects that were not rendered, committed where a service's own objects lie: their project must refuse them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::deployment::Deployment;
use crate::interrupt;
use crate::processes::Processes;
use crate::table::Findings;
use crate::tree::{Manifest, label, text};

/// Commits foreign objects beside a service's, a namespace's and the Applications' own, and takes them away again.
pub(crate) fn refused(deployment: &Deployment<'_>, processes: &mut Processes, findings: &mut Findings) -> Result<()> {
    let service = deployment
        .tree
        .of_kind("Deployment")
        .find(|manifest| manifest.path.starts_with("services"))
        .context("the tree has no service with a Deployment")?;
    let namespace = deployment
        .tree
        .of_kind("Namespace")
        .find(|manifest| manifest.name() == service.namespace())
        .context("the service's namespace is not in the tree")?;
    let applications = deployment
        .tree
        .of_kind("Application")
        .find(|manifest| manifest.path.starts_with("argocd/services"))
        .context("the tree has no Applications under argocd/services")?;

    let ours = service.namespace();
    let cases = [
        ("access", service, object("rbac.authorization.k8s.io/v1", "ClusterRole", None, &json!({"rules": []}))),
        ("secrets", service, object("v1", "Secret", Some(ours), &json!({"stringData": {"password": "hunter2"}}))),
        (
            "network",
            service,
            object("networking.k8s.io/v1", "NetworkPolicy", Some("kube-system"), &json!({"spec": {"podSelector": {}}})),
        ),
        ("gitops", service, object("v1", "Namespace", None, &json!({}))),
        ("gitops", namespace, object("v1", "Namespace", None, &json!({}))),
        (
            "access",
            namespace,
            object(
                "rbac.authorization.k8s.io/v1",
                "ClusterRoleBinding",
                None,
                &json!({
                    "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
                }),
            ),
        ),
        ("gitops", applications, object("v1", "ConfigMap", Some(applications.namespace()), &json!({"data": {}}))),
    ];
    let mut owners = Vec::new();
    for (number, (_, beside, foreign)) in cases.iter().enumerate() {
        deployment.repository.write_object(&file(beside, number)?, foreign)?;
        owners.push(owner(deployment, folder(beside)?)?);
    }
    deployment.repository.commit("foreign objects")?;
    let mut asked = owners.clone();
    asked.sort();
    asked.dedup();
    deployment.applications.refresh(&asked, "normal")?;
    for ((layer, beside, foreign), owner) in cases.iter().zip(&owners) {
        let case = format!("{layer}: {} beside {}", label(foreign), beside.path.display());
        let verdict = judged(deployment, owner, foreign);
        if interrupt::requested() {
            return verdict;
        }
        findings.case(&case, verdict.map_err(|error| format!("{error:#}")));
    }
    for (number, (_, beside, _)) in cases.iter().enumerate() {
        deployment.repository.remove(&file(beside, number)?)?;
    }
    deployment.repository.commit("the foreign objects are taken away")?;
    deployment.applications.refresh(&asked, "normal")?;
    // What was refused must not be in the way of what comes after it.
    let settled = deployment.settle(processes);
    findings.case("all is well once they are taken away", settled.map_err(|error| format!("{error:#}")));
    Ok(())
}

/// The Application says that its project does not permit the object, and the object is not there.
fn judged(deployment: &Deployment<'_>, owner: &str, foreign: &Value) -> Result<()> {
    let kind = text(&foreign["kind"]);
    deployment.applications.refuses(owner, kind, "is not permitted in project", Duration::from_secs(90))?;
    let there = deployment.api.get(&deployment.api.path(foreign)?)?.is_some();
    anyhow::ensure!(!there, "it was created all the same");
    Ok(())
}

fn folder(beside: &Manifest) -> Result<&Path> {
    beside.path.parent().context("a manifest without a folder")
}

fn file(beside: &Manifest, number: usize) -> Result<PathBuf> {
    Ok(folder(beside)?.join(format!("foreign-{number}.yaml")))
}

/// The Application that deploys a folder.
pub(crate) fn owner(deployment: &Deployment<'_>, folder: &Path) -> Result<String> {
    let place = deployment.tree.place()?.join(folder);
    deployment
        .tree
        .of_kind("Application")
        .find(|one| place.to_str().is_some_and(|place| one.object["spec"]["source"]["path"] == place))
        .map(|one| one.name().to_owned())
        .with_context(|| format!("no Application deploys {}", place.display()))
}

fn object(api_version: &str, kind: &str, namespace: Option<&str>, rest: &Value) -> Value {
    let mut object = json!({"apiVersion": api_version, "kind": kind, "metadata": {"name": "foreign"}});
    if let Some(namespace) = namespace {
        object["metadata"]["namespace"] = json!(namespace);
    }
    for (key, value) in rest.as_object().into_iter().flatten() {
        object[key] = value.clone();
    }
    object
}
