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

    /// Services were there before the CRDs: each Application that deploys a custom resource must be waiting, and must say
    /// why; no other may.
    pub(crate) fn waits_for_crds(&self, definitions: &[Value], findings: &mut Findings) -> Result<()> {
        let custom: BTreeSet<&str> = definitions.iter().map(|one| text(&one["spec"]["names"]["kind"])).collect();
        let mut waiting_ones = BTreeSet::new();
        for application in self.tree.of_kind("Application") {
            if self.manifests_of(application)?.iter().any(|manifest| custom.contains(manifest.kind())) {
                waiting_ones.insert(application.name().to_owned());
            }
        }
        // The controller comes to each of them in turn, and many take longer than few. Who is silent after that is told apart below.
        let all_spoke = interrupt::until("every Application to say for what it waits", self.patience, || {
            let silent = self
                .applications
                .all()?
                .into_iter()
                .find(|(name, live)| waiting_ones.contains(name) && !settled(live) && complaints(live).is_empty())
                .map(|(name, _)| name);
            Ok(silent.map_or(Ok(()), Err))
        });
        if interrupt::requested() {
            all_spoke?;
        }
        let all = self.applications.all()?;
        let mut waiting = 0;
        for application in self.tree.of_kind("Application") {
            let kinds: BTreeSet<&str> =
                self.manifests_of(application)?.iter().map(|manifest| manifest.kind()).collect();
            let Some(live) = all.get(application.name()) else { continue };
            let waits = kinds.intersection(&custom).next().is_some();
            // Without custom resources it may still wait for what one makes (a Secret, a namespace): no verdict.
            let verdict = match settled(live) {
                true if waits => Err("is Synced and Healthy although its CRDs are not there".to_owned()),
                false if waits && complaints(live).is_empty() => Err("waits, and does not say for what".to_owned()),
                _ => Ok(()),
            };
            findings.case(application.name(), verdict);
            waiting += usize::from(waits && !settled(live));
        }
        // Otherwise nothing recovers afterwards, and that proves nothing.
        findings.check("some wait", waiting > 0, || "no Application waits for a CRD".to_owned());
        Ok(())
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
