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
use crate::tree::{Manifest, Tree, label};

const PATIENCE: Duration = Duration::from_mins(3);

/// The claims that outlive their declaration.
fn kept_claims(tree: &Tree) -> impl Iterator<Item = &Manifest> {
    tree.of_kind("PersistentVolumeClaim").filter(|claim| !is_disposable(claim))
}

/// Whether a claim was declared to go with its declaration.
fn is_disposable(claim: &Manifest) -> bool {
    claim.object["metadata"]["labels"]["casemate.dev/data"] == "disposable"
}

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

/// A claim that is no longer declared stays, and what declared it is Synced without it.
pub(crate) fn claim(deployment: &Deployment<'_>, processes: &mut Processes, findings: &mut Findings) -> Result<()> {
    let claim = kept_claims(deployment.tree).next().context("the tree has no claim that is kept")?;
    let owner = [owner(deployment, claim.path.parent().context("a claim without a folder")?)?];
    let before = live(deployment, &claim.object)?;
    deployment.repository.remove(&claim.path)?;
    deployment.repository.commit("a claim is no longer declared")?;
    deployment.applications.refresh(&owner, "normal")?;
    interrupt::sleep(Duration::from_secs(5))?;
    let settled = deployment.settle(processes);
    findings.case("its Application stays Synced", settled.map_err(|error| format!("{error:#}")));
    let now = live(deployment, &claim.object);
    let stays = now.is_ok_and(|now| {
        now["metadata"]["uid"] == before["metadata"]["uid"] && now["metadata"]["deletionTimestamp"].is_null()
    });
    findings.check(&format!("{} stays", label(&claim.object)), stays, || "it is gone or going".to_owned());
    deployment.repository.write(&claim.path, &claim.text)?;
    deployment.repository.commit("the claim is declared again")?;
    deployment.applications.refresh(&owner, "normal")?;
    deployment.settle(processes)
}

/// A service that is no longer declared goes; its claims stay, bound, and are its own again when it comes back.
pub(crate) fn service(deployment: &Deployment<'_>, processes: &mut Processes, findings: &mut Findings) -> Result<()> {
    let claims: Vec<&Manifest> = kept_claims(deployment.tree).collect();
    let own = claims.iter().find(|claim| claim.path.parent().is_some_and(|folder| !folder.ends_with("_namespace")));
    if let Some(claim) = own {
        let folder = claim.path.parent().context("a claim without a folder")?;
        return remove_and_restore(deployment, processes, findings, &[folder.to_owned()], None);
    }
    let shared = claims.first().context("the tree has no claim")?;
    let (folder, added) = added_claim(deployment, processes, shared)?;
    remove_and_restore(deployment, processes, findings, &[folder], Some(added))
}

/// No service of the tree has a claim of its own: the shared one is declared once more, under another name, by a service.
fn added_claim(
    deployment: &Deployment<'_>,
    processes: &mut Processes,
    shared: &Manifest,
) -> Result<(PathBuf, (PathBuf, Value))> {
    let service = deployment
        .tree
        .of_kind("Deployment")
        .find(|service| service.namespace() == shared.namespace())
        .context("no Deployment lives in the namespace of the tree's claim")?;
    let folder = service.path.parent().context("a Deployment without a folder")?.to_owned();
    eprintln!("  no service of the tree has a claim of its own: one is added to {} first", folder.display());
    let mut claim = shared.object.clone();
    claim["metadata"]["name"] = json!("added");
    let file = folder.join("persistentvolumeclaim-added.yaml");
    deployment.repository.write_object(&file, &claim)?;
    deployment.repository.commit("a claim")?;
    deployment.applications.refresh(&[owner(deployment, &folder)?], "normal")?;
    let path = deployment.api.path(&claim)?;
    interrupt::until("the added claim", PATIENCE, || {
        processes.all_alive()?;
        let live = deployment.api.get(&path)?.unwrap_or_default();
        let bound = live["status"]["phase"] == "Bound";
        Ok(if bound { Ok(()) } else { Err(format!("it to be bound ({})", live["status"])) })
    })?;
    deployment.settle(processes)?;
    Ok((folder, (file, claim)))
}

/// The last service of a namespace, and the namespace's own declaration, go; the Namespace and its claims stay.
pub(crate) fn namespace(deployment: &Deployment<'_>, processes: &mut Processes, findings: &mut Findings) -> Result<()> {
    let shared = kept_claims(deployment.tree)
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
    remove_and_restore(deployment, processes, findings, &folders, None)
}

fn remove_and_restore(
    deployment: &Deployment<'_>,
    processes: &mut Processes,
    findings: &mut Findings,
    folders: &[PathBuf],
    added: Option<(PathBuf, Value)>,
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
    let outlives = |manifest: &Manifest| match manifest.kind() {
        "PersistentVolumeClaim" => !is_disposable(manifest),
        kind => kind == "Namespace",
    };
    let goes: Vec<&Manifest> = removed.iter().copied().filter(|manifest| !outlives(manifest)).collect();
    // Every claim of the namespaces that are touched, whoever declares it.
    let touched = |manifest: &Manifest| removed.iter().any(|one| one.namespace() == manifest.namespace());
    let claims = kept_claims(tree).filter(|claim| touched(claim));
    let namespaces = removed.iter().copied().filter(|manifest| manifest.kind() == "Namespace");
    let mut stays: Vec<Value> = claims.chain(namespaces).map(|manifest| manifest.object.clone()).collect();
    if let Some((file, claim)) = added {
        deployment.repository.remove(&file)?;
        stays.push(claim);
    }
    let before = stays.iter().map(|object| live(deployment, object)).collect::<Result<Vec<_>>>()?;
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
    for (object, before) in stays.iter().zip(&before) {
        let verdict = live(deployment, object).and_then(|now| {
            ensure!(now["metadata"]["deletionTimestamp"].is_null(), "is being deleted");
            ensure!(now["metadata"]["uid"] == before["metadata"]["uid"], "was replaced");
            ensure!(now["status"]["phase"] == before["status"]["phase"], "is {} now", now["status"]["phase"]);
            Ok(())
        });
        findings.case(&format!("{} stays", label(object)), verdict.map_err(|error| format!("{error:#}")));
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
