//! The deployment itself: what a user does on an empty cluster, and what Argo CD makes of it.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::api::Api;
use crate::applications::{Applications, complaints, settled, summary};
use crate::interrupt;
use crate::processes::Processes;
use crate::repository::Repository;
use crate::table::Findings;
use crate::tree::{Manifest, Tree, label, text};

/// How long what happens to a deployed tree may take; Argo CD waits three minutes at most before it tries again.
const PATIENCE: Duration = Duration::from_mins(4);

/// What the scenarios share.
#[derive(Debug)]
pub(crate) struct Deployment<'a> {
    pub(crate) api: Api,
    pub(crate) tree: &'a Tree,
    pub(crate) repository: Repository,
    pub(crate) applications: Applications,
    /// How long anything may take.
    pub(crate) patience: Duration,
}

impl Deployment<'_> {
    /// The names of the Applications that the tree declares.
    pub(crate) fn declared(&self) -> Vec<String> {
        self.tree.of_kind("Application").map(|manifest| manifest.name().to_owned()).collect()
    }

    /// Waits until everything that the tree declares is Synced and Healthy again, after something happened to it.
    pub(crate) fn settle(&self, processes: &mut Processes) -> Result<()> {
        self.applications.settle(&self.declared(), PATIENCE.min(self.patience), processes)
    }

    /// The Applications that are not Synced and Healthy now.
    pub(crate) fn unsettled(&self) -> Result<Option<String>> {
        let all = self.applications.all()?;
        let unsettled: Vec<String> = all.values().filter(|one| !settled(one)).map(summary).collect();
        Ok(if unsettled.is_empty() { None } else { Some(unsettled.join("; ")) })
    }

    /// Applies `bootstrap/` as a user would, projects before Applications.
    pub(crate) fn bootstrap(&self) -> Result<()> {
        let mut manifests: Vec<&Manifest> =
            self.tree.manifests.iter().filter(|manifest| manifest.path.starts_with("bootstrap")).collect();
        manifests.sort_by_key(|manifest| manifest.kind() == "Application");
        for manifest in manifests {
            let object = self.repository.localised_object(&manifest.object)?;
            let answer = self.api.create(&object, "?fieldValidation=Strict")?;
            answer.object().with_context(|| label(&object))?;
        }
        Ok(())
    }

    /// Waits until every declared Application exists.
    pub(crate) fn all_exist(&self, processes: &mut Processes) -> Result<()> {
        let declared = self.declared();
        interrupt::until("every Application to exist", self.patience, || {
            processes.all_alive()?;
            let all = self.applications.all()?;
            let missing = declared.iter().filter(|name| !all.contains_key(*name)).count();
            let unsettled: Vec<String> = all.values().filter(|one| !settled(one)).map(summary).collect();
            Ok(if missing == 0 { Ok(()) } else { Err(format!("{missing} more; {}", unsettled.join("; "))) })
        })
    }

    /// The manifests that an Application deploys.
    pub(crate) fn manifests_of(&self, application: &Manifest) -> Result<Vec<&Manifest>> {
        let source = text(&application.object["spec"]["source"]["path"]);
        let place = self.tree.place()?;
        let folder = std::path::Path::new(source)
            .strip_prefix(&place)
            .with_context(|| format!("{} deploys {source}, which is outside of the tree", application.name()))?;
        Ok(self.tree.manifests.iter().filter(|manifest| manifest.path.starts_with(folder)).collect())
    }

    /// Services were there before the CRDs: each Application that deploys a custom resource must have been tried in vain, be about
    /// to be tried again, and say why it waits.
    pub(crate) fn waits_for_crds(&self, definitions: &[Value], tries: u64, findings: &mut Findings) -> Result<()> {
        let custom: BTreeSet<&str> = definitions.iter().map(|one| text(&one["spec"]["names"]["kind"])).collect();
        let mut waiting_ones = BTreeSet::new();
        for application in self.tree.of_kind("Application") {
            if self.manifests_of(application)?.iter().any(|manifest| custom.contains(manifest.kind())) {
                waiting_ones.insert(application.name().to_owned());
            }
        }
        // The controller comes to each of them in turn, and many take longer than few. Counted in tries, not in seconds, the wait is as
        // short as it can be, and the next try is near when the CRDs arrive: without a retry it would never come, since Argo CD syncs a
        // revision that failed no second time. What is not so in the end is told apart below.
        let all_tried = interrupt::until("every Application to be tried in vain", self.patience, || {
            let all = self.applications.all()?;
            let behind: Vec<String> = waiting_ones
                .iter()
                .filter_map(|name| all.get(name))
                .filter_map(|live| waits(live, tries).err().filter(|_| !settled(live)).map(|_| summary(live)))
                .collect();
            Ok(if behind.is_empty() { Ok(()) } else { Err(format!("{}: {}", behind.len(), behind.join("; "))) })
        });
        if interrupt::requested() {
            all_tried?;
        }
        let all = self.applications.all()?;
        for name in &waiting_ones {
            let live = all.get(name).with_context(|| format!("{name} does not exist"))?;
            findings.case(name, waits(live, tries));
        }
        // Otherwise nothing recovers afterwards, and that proves nothing.
        findings.check("some wait", !waiting_ones.is_empty(), || "no Application waits for a CRD".to_owned());
        Ok(())
    }
}

/// Whether an Application was tried so often, is about to be tried again, and says why it waits.
fn waits(live: &Value, tries: u64) -> Result<(), String> {
    // Counted when a try has failed and the next one is planned.
    let failed = live["status"]["operationState"]["retryCount"].as_u64().unwrap_or(0);
    match settled(live) {
        true => Err("is Synced and Healthy although its CRDs are not there".to_owned()),
        false if complaints(live).is_empty() => Err("waits, and does not say for what".to_owned()),
        false if failed < tries => Err(format!("{failed} tries have failed and are followed by another, not {tries}")),
        false => Ok(()),
    }
}

/// Every object of the tree as it lives in the cluster: each field that was written is there.
pub(crate) fn converged(deployment: &Deployment<'_>, findings: &mut Findings) -> Result<()> {
    for manifest in &deployment.tree.manifests {
        let written = deployment.repository.localised_object(&manifest.object)?;
        let live = deployment.api.get(&deployment.api.path(&written)?)?;
        findings.case(
            &label(&written),
            match live {
                None => Err("is not in the cluster".to_owned()),
                Some(live) => {
                    let lost = crate::fields::lost(&written, &live);
                    if lost.is_empty() { Ok(()) } else { Err(lost.join("; ")) }
                }
            },
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn application(sync: &str, message: &str, tries: u64) -> Value {
        json!({"status": {"sync": {"status": sync}, "health": {"status": "Healthy"}, "operationState":
            {"phase": if message.is_empty() { "Succeeded" } else { "Running" }, "message": message, "retryCount": tries}}})
    }

    #[test]
    fn who_waits_was_tried_and_says_why() {
        assert_eq!(waits(&application("OutOfSync", "no such kind", 2), 2), Ok(()));
        assert!(waits(&application("OutOfSync", "no such kind", 1), 2).is_err());
        assert!(waits(&application("OutOfSync", "", 2), 2).is_err());
        assert!(waits(&application("Synced", "", 2), 2).is_err());
    }
}
