//! `casemate plugin generate`: a directory is deployed by way of it from the checkout that the program was built from, and from no other.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{GENERATE, Plugged};
use crate::arguments::Arguments;
use crate::deployment::Deployment;
use crate::processes::Processes;
use crate::table::Findings;

/// An Application of a service is Synced and Healthy by way of the plugin, whatever lies in its directory, and a checkout with other sources, or
/// with a part of them, is refused in words that say what to do.
pub(crate) fn generated(deployment: &Deployment<'_>, processes: &mut Processes, findings: &mut Findings) -> Result<()> {
    let mut generated = Plugged::by(&GENERATE, deployment)?;
    // With it a commit of sources alone would be no reason for Argo CD to ask again.
    if let Some(annotations) = generated.object["metadata"]["annotations"].as_object_mut() {
        annotations.remove("argocd.argoproj.io/manifest-generate-paths");
    }
    let (repository, sources) = (&deployment.repository, Arguments::repository()?);
    repository.add_sources(&sources)?;
    generated.sources = Some(sources.clone());

    generated.becomes(&generated.object)?;
    let well = generated.is_well(processes);
    findings.case("Synced and Healthy by way of the plugin", well.map_err(|error| format!("{error:#}")));
    let unheard = edit_of_the_tree(&generated, processes);
    findings.case("an edit of the tree has no say", unheard.map_err(|error| format!("{error:#}")));
    generated.restore()?;

    let main = "services/src/main.rs";
    generated.refuses(findings, "another source", &format!("{main}: is not what this program was built from"), || {
        let text = std::fs::read_to_string(sources.join(main)).context(main)?;
        repository.write_source(main, &format!("{text}// edited\n"))
    });
    generated.refuses(findings, "a part of a checkout", "let Argo CD send the whole repository", || {
        repository.remove_source("services")
    });

    repository.remove_sources(&sources)?;
    generated.sources = None;
    generated.restore()?;
    generated.is_plain_again(processes, findings)
}

/// An edit that a plain directory would be synced to.
fn edit_of_the_tree(generated: &Plugged<'_>, processes: &mut Processes) -> Result<()> {
    let deployment = generated.deployment;
    let text = std::fs::read_to_string(deployment.tree.root.join(&generated.folder).join(&generated.file))?;
    ensure!(text.contains("\nspec:\n"), "{} has no `spec`", generated.file);
    generated.write(&generated.file, &text.replacen("\nspec:\n", "\nspec:\n  paused: true\n", 1))?;
    generated.commit("an edit of the tree")?;
    generated.is_well(processes)?;
    let live = deployment.api.get(&deployment.api.path(&generated.service)?)?.context("the Deployment is gone")?;
    ensure!(live["spec"]["paused"] == Value::Null, "it was applied");
    Ok(())
}
