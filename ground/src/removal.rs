//! What goes and what stays when a declaration is removed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::deployment::Deployment;
use crate::foreign::owner;
use crate::interrupt;
use crate::processes::Processes;
use crate::table::Findings;
use crate::tree::{Manifest, label};

const PATIENCE: Duration = Duration::from_mins(3);

/// A Role that is no longer declared, and its binding, go.
pub(crate) fn role(deployment: &Deployment<'_>, processes: &mut Processes, findings: &mut Findings) -> Result<()> {
    let rendered = deployment.tree.of_kind("RoleBinding").find_map(|binding| {
        let folder = binding.path.parent()?;
        let role = deployment.tree.of_kind("Role").find(|role| role.path.parent() == Some(folder))?;
        Some(vec![(role.path.clone(), role.object.clone()), (binding.path.clone(), binding.object.clone())])
    });
    let files = match rendered {
        Some(files) => files,
        None => added_role(deployment, processes)?,
    };
    let folder = files[0].0.parent().context("a Role without a folder")?.to_owned();
    for (path, _) in &files {
        deployment.repository.remove(path)?;
    }
    deployment.repository.commit("a Role is no longer declared")?;
    deployment.applications.refresh(&[owner(deployment, &folder)?], "normal")?;
    for (_, object) in &files {
        findings.case(&label(object), gone(deployment, object));
    }
    for (path, object) in &files {
        let rendered = deployment.tree.manifests.iter().any(|manifest| manifest.path == *path);
        if rendered {
            deployment.repository.write_object(path, object)?;
        }
    }
    deployment.repository.commit("the Role is back")?;
    deployment.applications.refresh(&[owner(deployment, &folder)?], "normal")?;
    deployment.settle(processes)
}

/// The tree declares no Role: one is added to a service first.
fn added_role(deployment: &Deployment<'_>, processes: &mut Processes) -> Result<Vec<(PathBuf, Value)>> {
    let service = deployment.tree.of_kind("Deployment").next().context("the tree has no Deployment")?;
    let folder = service.path.parent().context("a Deployment without a folder")?.to_owned();
    eprintln!("  the tree declares no Role: one is added to {} first", folder.display());
    let group = "rbac.authorization.k8s.io";
    let metadata = json!({"name": "added", "namespace": service.namespace()});
    let api_version = format!("{group}/v1");
    let rules = json!([{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]}]);
    let role = json!({"apiVersion": api_version, "kind": "Role", "metadata": metadata, "rules": rules});
    let binding = json!({"apiVersion": api_version, "kind": "RoleBinding", "metadata": metadata,
        "roleRef": {"apiGroup": group, "kind": "Role", "name": "added"}, "subjects": []});
    let files = vec![(folder.join("role-added.yaml"), role), (folder.join("rolebinding-added.yaml"), binding)];
    for (path, object) in &files {
        deployment.repository.write_object(path, object)?;
    }
    deployment.repository.commit("a Role")?;
    deployment.applications.refresh(&[owner(deployment, &folder)?], "normal")?;
    interrupt::until("the added Role", PATIENCE, || {
        processes.all_alive()?;
        let missing = files.iter().find_map(|(_, object)| match exists(deployment, object) {
            Ok(true) => None,
            Ok(false) => Some(label(object)),
            Err(error) => Some(format!("{error:#}")),
        });
        Ok(missing.map_or(Ok(()), Err))
    })?;
    Ok(files)
}

/// A service that is no longer declared goes; its claims stay, bound, and are its own again when it comes back.
pub(crate) fn service(deployment: &Deployment<'_>, processes: &mut Processes, findings: &mut Findings) -> Result<()> {
    let claim = deployment
        .tree
        .of_kind("PersistentVolumeClaim")
        .find(|claim| claim.path.parent().is_some_and(|folder| !folder.ends_with("_namespace")))
        .context("the tree has no service with a claim of its own")?;
    let folder = claim.path.parent().context("a claim without a folder")?;
    remove_and_restore(deployment, processes, findings, &[folder.to_owned()])
}

/// The last service of a namespace, and the namespace's own declaration, go; the Namespace and its claims stay.
pub(crate) fn namespace(deployment: &Deployment<'_>, processes: &mut Processes, findings: &mut Findings) -> Result<()> {
    let shared = deployment
        .tree
        .of_kind("PersistentVolumeClaim")
        .find_map(|claim| claim.path.parent().filter(|folder| folder.ends_with("_namespace")).and_then(Path::parent));
    let any = deployment.tree.of_kind("Namespace").find_map(|namespace| namespace.path.parent()?.parent());
    let folder = shared.or(any).context("the tree has no namespace")?;
    let mut folders: Vec<PathBuf> = deployment
        .tree
        .manifests
        .iter()
        .filter(|manifest| manifest.path.starts_with(folder))
        .filter_map(|manifest| manifest.path.parent().map(Path::to_owned))
        .collect();
    folders.dedup();
    remove_and_restore(deployment, processes, findings, &folders)
}

fn remove_and_restore(
    deployment: &Deployment<'_>,
    processes: &mut Processes,
    findings: &mut Findings,
    folders: &[PathBuf],
) -> Result<()> {
    let tree = deployment.tree;
    let owners = folders.iter().map(|folder| owner(deployment, folder)).collect::<Result<Vec<_>>>()?;
    let projects = projects_of_none_but(deployment, &owners);
    let declarations = tree.manifests.iter().filter(|manifest| match manifest.kind() {
        "Application" => owners.iter().any(|owner| owner == manifest.name()),
        "AppProject" => projects.iter().any(|project| *project == manifest.name()),
        _ => folders.iter().any(|folder| manifest.path.starts_with(folder)),
    });
    let removed: Vec<&Manifest> = declarations.collect();
    let (stays, goes): (Vec<&Manifest>, Vec<&Manifest>) =
        removed.iter().partition(|manifest| matches!(manifest.kind(), "PersistentVolumeClaim" | "Namespace"));
    let before = stays.iter().map(|one| live(deployment, &one.object)).collect::<Result<Vec<_>>>()?;
    for manifest in &removed {
        deployment.repository.remove(&manifest.path)?;
    }
    deployment.repository.commit("no longer declared")?;
    deployment.applications.refresh_all("normal")?;
    for manifest in goes {
        findings.case(&format!("{} goes", label(&manifest.object)), gone(deployment, &manifest.object));
    }
    // What waits behind a deletion would go a moment later.
    interrupt::sleep(Duration::from_secs(10))?;
    let kept: Vec<String> = deployment.declared().into_iter().filter(|name| !owners.contains(name)).collect();
    let rest = deployment.applications.settle(&kept, PATIENCE, processes);
    findings.case("the rest stays Synced and Healthy", rest.map_err(|error| format!("{error:#}")));
    for (manifest, before) in stays.iter().zip(&before) {
        let verdict = live(deployment, &manifest.object).and_then(|now| {
            ensure!(now["metadata"]["deletionTimestamp"].is_null(), "is being deleted");
            ensure!(now["metadata"]["uid"] == before["metadata"]["uid"], "was replaced");
            ensure!(now["status"]["phase"] == before["status"]["phase"], "is {} now", now["status"]["phase"]);
            Ok(())
        });
        findings.case(&format!("{} stays", label(&manifest.object)), verdict.map_err(|error| format!("{error:#}")));
    }
    for manifest in &removed {
        deployment.repository.write(&manifest.path, &manifest.text)?;
    }
    deployment.repository.commit("declared again")?;
    deployment.applications.refresh_all("normal")?;
    let back = deployment.settle(processes);
    findings.case("it comes back, Synced and Healthy", back.map_err(|error| format!("{error:#}")));
    Ok(())
}

/// The projects that only these Applications use.
fn projects_of_none_but<'a>(deployment: &'a Deployment<'_>, owners: &[String]) -> Vec<&'a str> {
    let tree = deployment.tree;
    let belongs = |application: &Manifest, project: &str| application.object["spec"]["project"] == project;
    tree.of_kind("AppProject")
        .map(Manifest::name)
        .filter(|project| {
            let mut users = tree.of_kind("Application").filter(|one| belongs(one, project)).peekable();
            users.peek().is_some() && users.all(|user| owners.iter().any(|owner| owner == user.name()))
        })
        .collect()
}

fn live(deployment: &Deployment<'_>, object: &Value) -> Result<Value> {
    deployment.api.get(&deployment.api.path(object)?)?.context("is gone")
}

fn exists(deployment: &Deployment<'_>, object: &Value) -> Result<bool> {
    Ok(deployment.api.get(&deployment.api.path(object)?)?.is_some())
}

fn gone(deployment: &Deployment<'_>, object: &Value) -> Result<(), String> {
    let waited = interrupt::until("to be gone", PATIENCE, || {
        Ok(if exists(deployment, object)? { Err(label(object)) } else { Ok(()) })
    });
    waited.map_err(|error| format!("{error:#}"))
}
