//! What is deleted only when somebody says so, as charts are: they are not deployed here, and a service is made to be confirmed as they are.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::deployment::Deployment;
use crate::foreign::owner;
use crate::interrupt;
use crate::pods::each;
use crate::processes::Processes;
use crate::table::Findings;
use crate::tree::{Manifest, label};

const PATIENCE: Duration = Duration::from_mins(3);

/// The sync option of charts' Applications.
const OPTION: &str = "Delete=confirm";

/// When somebody said so, after the deletion had begun.
const APPROVED: &str = "argocd.argoproj.io/deletion-approved";

/// An Application that is no longer declared, and what it deployed, stay until somebody confirms; nobody else waits for that.
pub(crate) fn waited_for(
    deployment: &Deployment<'_>,
    processes: &mut Processes,
    findings: &mut Findings,
) -> Result<()> {
    let tree = deployment.tree;
    let service = tree.of_kind("Deployment").next().context("the tree has no Deployment")?;
    let name = owner(deployment, service.path.parent().context("a Deployment without a folder")?)?;
    let application = tree.of_kind("Application").find(|one| one.name() == name).context("a service without one")?;
    let mut confirmed = application.object.clone();
    confirmed["spec"]["syncPolicy"]["syncOptions"].as_array_mut().context("no sync options")?.insert(0, json!(OPTION));
    deployment.repository.write_object(&application.path, &confirmed)?;
    deployment.repository.commit("to be confirmed")?;
    deployment.applications.refresh_all("normal")?;
    let said = |what: &str, says: fn(&Value) -> bool| {
        interrupt::until(what, PATIENCE, || {
            let live = deployment.applications.get(&name)?.unwrap_or_default();
            Ok(if says(&live) { Ok(()) } else { Err(format!("{name}: {}", live["spec"]["syncPolicy"])) })
        })
    };
    said("the option", |live| each(&live["spec"]["syncPolicy"]["syncOptions"]).any(|one| one == OPTION))?;
    // A sync policy that changes is no reason to compare again.
    deployment.applications.refresh(std::slice::from_ref(&name), "normal")?;
    said("Argo CD to see that it has to ask", |live| {
        each(&live["status"]["resources"]).any(|one| one["requiresDeletionConfirmation"] == true)
    })?;

    deployment.repository.remove(&application.path)?;
    deployment.repository.commit("no longer declared")?;
    deployment.applications.refresh_all("normal")?;
    interrupt::until("the deletion to begin", PATIENCE, || {
        let live = deployment.applications.get(&name)?.context("it went without being confirmed")?;
        Ok(if live["metadata"]["deletionTimestamp"].is_null() { Err(name.clone()) } else { Ok(()) })
    })?;
    findings.case("others are deployed meanwhile", another_changes(deployment, &name));
    // What is deleted unasked would be gone by now.
    interrupt::sleep(Duration::from_secs(10))?;
    let stays = |object: &Value| -> Result<bool> { Ok(deployment.api.get(&deployment.api.path(object)?)?.is_some()) };
    findings.check("its Application stays", deployment.applications.get(&name)?.is_some(), || "it is gone".to_owned());
    findings.check(&format!("{} stays", label(&service.object)), stays(&service.object)?, || "it is gone".to_owned());

    let approval = json!({"metadata": {"annotations": {APPROVED: NEVER_TOO_EARLY}}});
    deployment.api.merge(&deployment.applications.path(&name)?, &approval)?.object().context("the approval")?;
    let gone = interrupt::until("what was confirmed to go", PATIENCE, || {
        let left = deployment.applications.get(&name)?.is_some() || stays(&service.object)?;
        Ok(if left { Err(name.clone()) } else { Ok(()) })
    });
    findings.case("both go when somebody says so", gone.map_err(|error| format!("{error:#}")));
    deployment.repository.write(&application.path, &application.text)?;
    deployment.repository.commit("declared again")?;
    deployment.applications.refresh_all("normal")?;
    let back = deployment.settle(processes);
    findings.case("it comes back, Synced and Healthy", back.map_err(|error| format!("{error:#}")));
    Ok(())
}

/// Argo CD compares it with the time at which the deletion began.
const NEVER_TOO_EARLY: &str = "2999-01-01T00:00:00Z";

/// Another Application beside the one that waits gets a label, and loses it again.
fn another_changes(deployment: &Deployment<'_>, waiting: &str) -> Result<(), String> {
    let change = || -> Result<()> {
        let project = |one: &&Manifest| one.name() != waiting && one.name().contains('.');
        let other = deployment.tree.of_kind("Application").find(project).context("there is no other Application")?;
        let mut labelled = other.object.clone();
        labelled["metadata"]["labels"]["ground"] = json!("changed");
        for (object, wanted) in [(&labelled, json!("changed")), (&other.object, Value::Null)] {
            deployment.repository.write_object(&other.path, object)?;
            deployment.repository.commit("another one changes")?;
            deployment.applications.refresh_all("normal")?;
            interrupt::until(&format!("{} to be labelled {wanted}", other.name()), PATIENCE, || {
                let live = deployment.applications.get(other.name())?.unwrap_or_default();
                let found = &live["metadata"]["labels"]["ground"];
                Ok(if *found == wanted { Ok(()) } else { Err(found.to_string()) })
            })?;
        }
        deployment.repository.write(&other.path, &other.text)
    };
    change().map_err(|error| format!("{error:#}"))
}
