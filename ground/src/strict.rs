//! Every object of the tree, created with strict field validation and read back.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::json;

use crate::api::Api;
use crate::fields;
use crate::table::Findings;
use crate::tree::{Manifest, Tree};

/// Creates everything, namespaces first. The bytes that are sent are the file's own.
pub(crate) fn create_all(api: &Api, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let rendered: BTreeSet<&str> = tree.of_kind("Namespace").map(Manifest::name).collect();
    let used: BTreeSet<&str> = tree.manifests.iter().map(Manifest::namespace).filter(|name| !name.is_empty()).collect();
    for foreign in used.difference(&rendered) {
        let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": foreign}});
        api.create(&namespace, "")?.object().with_context(|| format!("the namespace {foreign}"))?;
    }
    let (namespaces, others): (Vec<&Manifest>, Vec<&Manifest>) =
        tree.manifests.iter().partition(|manifest| manifest.kind() == "Namespace");
    let mut warnings = BTreeMap::new();
    for manifest in namespaces.into_iter().chain(others) {
        let verdict = create(api, manifest, &mut warnings).map_err(|error| format!("{error:#}"));
        findings.case(&manifest.path.display().to_string(), verdict);
    }
    for (warning, objects) in warnings {
        eprintln!("  {objects} objects: the API server warns: {warning}");
    }
    Ok(())
}

fn create(api: &Api, manifest: &Manifest, said: &mut BTreeMap<String, usize>) -> Result<()> {
    let answer = api.create_text(&manifest.object, &manifest.text, "?fieldValidation=Strict&fieldManager=ground")?;
    let warnings = answer.warnings.clone();
    let object = answer.object()?;
    // Pod Security refuses pods and only warns about what makes them.
    if let Some(warning) = warnings.iter().find(|warning| warning.contains("PodSecurity")) {
        anyhow::bail!("{warning}");
    }
    for warning in warnings {
        *said.entry(warning).or_default() += 1;
    }
    let read = api.get(&api.path(&object)?)?.context("it was created and is not there")?;
    let lost = fields::lost(&manifest.object, &read);
    if lost.is_empty() { Ok(()) } else { anyhow::bail!("read back differently: {}", lost.join("; ")) }
}
