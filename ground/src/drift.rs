//! Whether the tree stays as it is: nothing is out of sync, nothing is synced again, nothing is written again.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::applications::{settled, summary};
use crate::deployment::Deployment;
use crate::fields;
use crate::interrupt;
use crate::pods::each;
use crate::processes::Processes;
use crate::table::Findings;
use crate::tree::label;

/// Three reconciliations (one of them with the manifest cache dropped), each compared with what was there before.
pub(crate) fn three_reconciliations(
    deployment: &Deployment<'_>,
    processes: &mut Processes,
    findings: &mut Findings,
) -> Result<()> {
    let before = Picture::take(deployment)?;
    for (round, how) in [(1, "normal"), (2, "hard"), (3, "normal")] {
        deployment.applications.refresh_all(how)?;
        // A sync that the refresh sets off begins a moment later.
        interrupt::sleep(Duration::from_secs(4))?;
        processes.all_alive()?;
        for (name, application) in deployment.applications.all()? {
            let case = format!("round {round}, Application {name}");
            if !settled(&application) {
                findings.case(&case, Err(summary(&application)));
                continue;
            }
            let started = application["status"]["operationState"]["startedAt"].clone();
            let same = before.operations.get(&name) == Some(&started);
            findings.check(&case, same, || format!("was synced again at {started}"));
        }
        for (path, now) in Picture::take(deployment)?.objects {
            let then = before.objects.get(&path);
            findings.check(&format!("round {round}, {path}"), then == Some(&now), || {
                format!("was written again: {} became {now}", then.unwrap_or(&Value::Null))
            });
        }
    }
    Ok(())
}

/// What tells that something was written: of an Application its last operation, of an object its generation and who
/// wrote which fields when (status aside).
struct Picture {
    operations: BTreeMap<String, Value>,
    objects: BTreeMap<String, Value>,
}

impl Picture {
    fn take(deployment: &Deployment<'_>) -> Result<Self> {
        let operations = deployment
            .applications
            .all()?
            .into_iter()
            .map(|(name, application)| (name, application["status"]["operationState"]["startedAt"].clone()))
            .collect();
        let mut objects = BTreeMap::new();
        for manifest in &deployment.tree.manifests {
            // Argo CD writes Applications' status as part of the object itself.
            if manifest.kind() == "Application" {
                continue;
            }
            let path = deployment.api.path(&manifest.object)?;
            let live = deployment.api.get(&path)?.with_context(|| format!("{} is gone", label(&manifest.object)))?;
            let writers: Vec<Value> = each(&live["metadata"]["managedFields"])
                .filter(|one| one["subresource"].is_null() && one["manager"] == "argocd-controller")
                .map(|one| json!([one["time"], one["operation"]]))
                .collect();
            objects.insert(label(&manifest.object), json!([live["metadata"]["generation"], writers]));
        }
        Ok(Self { operations, objects })
    }
}

/// Edits by hand are undone: a policy deleted, a pod given a token.
pub(crate) fn healed(deployment: &Deployment<'_>, processes: &mut Processes, findings: &mut Findings) -> Result<()> {
    let services = |kind| deployment.tree.of_kind(kind).find(|manifest| manifest.path.starts_with("services"));
    let policy = services("NetworkPolicy").context("the tree has no NetworkPolicy")?;
    let workload = services("Deployment").context("the tree has no Deployment")?;
    deployment.api.delete(&deployment.api.path(&policy.object)?)?;
    let token = json!({"spec": {"template": {"spec": {"automountServiceAccountToken": true}}}});
    deployment.api.merge(&deployment.api.path(&workload.object)?, &token)?.object().context("an edit by hand")?;
    for (what, manifest) in [("was deleted", policy), ("was given a token", workload)] {
        let path = deployment.api.path(&manifest.object)?;
        let back = interrupt::until("an edit by hand to be undone", Duration::from_mins(3), || {
            processes.all_alive()?;
            let Some(live) = deployment.api.get(&path)? else { return Ok(Err(label(&manifest.object))) };
            let lost = fields::lost(&manifest.object, &live);
            Ok(if lost.is_empty() { Ok(()) } else { Err(format!("{}: {}", label(&manifest.object), lost.join("; "))) })
        });
        if interrupt::requested() {
            bail!("interrupted");
        }
        findings.case(&format!("{} that {what}", label(&manifest.object)), back.map_err(|error| format!("{error:#}")));
    }
    deployment.settle(processes)
}
