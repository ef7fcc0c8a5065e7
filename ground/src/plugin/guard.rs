//! `casemate plugin guard`: a directory is deployed by way of it, and everything that was done to the directory or to the Application is refused.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{GUARD, PATIENCE, Plugged};
use crate::applications::complaints;
use crate::deployment::Deployment;
use crate::interrupt;
use crate::processes::Processes;
use crate::table::Findings;

/// How many objects the large directory has.
const MANY: usize = 10_000;

/// An Application of a service is Synced and Healthy by way of the plugin, and everything that was done to its directory or to itself is
/// refused in words that say what to do.
pub(crate) fn guarded(deployment: &Deployment<'_>, processes: &mut Processes, findings: &mut Findings) -> Result<()> {
    let guarded = Plugged::by(&GUARD, deployment)?;
    let (file, namespace) = (guarded.file.as_str(), &guarded.namespace);

    guarded.becomes(&guarded.object)?;
    let well = guarded.is_well(processes);
    findings.case("Synced and Healthy by way of the plugin", well.map_err(|error| format!("{error:#}")));

    let edited = |from: &str, to: &str| -> Result<String> {
        let text = std::fs::read_to_string(deployment.tree.root.join(&guarded.folder).join(file))?;
        anyhow::ensure!(text.contains(from), "{file} has no `{from}`");
        Ok(text.replacen(from, to, 1))
    };
    let edit = edited("spec:\n", "spec:\n  paused: true\n")?;
    guarded.refuses(findings, "an edited file", "is not what was rendered: render again and commit", || {
        guarded.write(file, &edit)
    });
    guarded.refuses(findings, "an added file", "no render wrote it: remove it", || {
        guarded.write("configmap-added.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: added}\n")
    });
    guarded.refuses(findings, "a file that Argo CD does not apply", "no render wrote it: remove it", || {
        guarded.write("README.md", "added\n")
    });
    guarded.refuses(findings, "a removed file", "was rendered and is gone", || guarded.remove(file));
    guarded.refuses(findings, "a removed manifest", "lies where a render makes only directories", || {
        guarded.remove(".casemate")
    });
    guarded.refuses(findings, "a link in place of a file", "a symbolic link, and no render makes one", || {
        guarded.remove(file)?;
        guarded.link(&format!("../_namespace/namespace-{namespace}.yaml"), file)
    });
    guarded.refuses(findings, "a directory without a file", "lies where a render makes only directories", || {
        guarded.empty()?;
        guarded.write(".gitkeep", "")
    });
    for (what, key, value) in [
        ("a variable of the Application", "env", json!([{"name": "CASEMATE_GUARD", "value": "off"}])),
        ("a parameter of the Application", "parameters", json!([{"name": "skip", "string": "true"}])),
    ] {
        let mut object = guarded.object.clone();
        object["spec"]["source"]["plugin"][key] = value;
        guarded.refuses(findings, what, "remove `env` and `parameters` from the Application's `source.plugin`", || {
            guarded.write_application(&object)
        });
    }
    let compared = many(deployment);
    findings.case(&format!("{MANY} objects in one directory"), compared.map_err(|error| format!("{error:#}")));

    guarded.restore()?;
    guarded.is_plain_again(processes, findings)
}

/// Ten thousand objects in one directory come through in time: an Application that is compared and not synced.
fn many(deployment: &Deployment<'_>) -> Result<()> {
    let folder = Path::new("services/many/many");
    let mut manifest =
        String::from("# casemate 1: rendered, so change the declaration instead; sha256sum --check .casemate\n");
    for number in 0..MANY {
        let text = format!(
            "# Rendered by Casemate: edit the declaration of many/many, not this file.\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  \
             name: c{number:05}\n  namespace: many\n  labels:\n    app.kubernetes.io/managed-by: casemate\ndata:\n  a: b\n"
        );
        let name = format!("configmap-c{number:05}.yaml");
        let digest = Sha256::digest(&text).iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
        manifest.extend([digest.as_str(), "  ", &name, "\n"]);
        deployment.repository.write(&folder.join(name), &text)?;
    }
    deployment.repository.write(&folder.join(".casemate"), &manifest)?;
    deployment.repository.commit("many objects")?;
    let (namespace, server) = ("many", "https://kubernetes.default.svc");
    let root = &deployment.tree.root_application()?.object;
    let metadata = json!({"name": "many", "namespace": root["metadata"]["namespace"]});
    let mut project = json!({
        "apiVersion": "argoproj.io/v1alpha1", "kind": "AppProject", "metadata": metadata,
        "spec": {
            "sourceRepos": [root["spec"]["source"]["repoURL"]],
            "destinations": [{"server": server, "namespace": namespace}],
        },
    });
    project = deployment.repository.localised_object(&project)?;
    let mut application = json!({
        "apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": metadata,
        "spec": {
            "project": "many",
            "source": root["spec"]["source"],
            "destination": {"server": server, "namespace": namespace},
        },
    });
    application["metadata"]["name"] = json!("many.many");
    let source = &mut application["spec"]["source"];
    source["path"] = json!(deployment.tree.place()?.join(folder));
    source["plugin"] = json!({"name": GUARD.name});
    source.as_object_mut().context("a source")?.remove("directory");
    application = deployment.repository.localised_object(&application)?;
    deployment.api.create(&project, "")?.object().context("the project of many")?;
    deployment.api.create(&application, "")?.object().context("the Application of many")?;
    let start = Instant::now();
    let compared = interrupt::until("ten thousand objects to be compared", PATIENCE, || {
        let one = deployment.applications.get("many.many")?.context("Application many.many is gone")?;
        let seen = one["status"]["resources"].as_array().map_or(0, Vec::len);
        Ok(if seen == MANY { Ok(()) } else { Err(format!("{seen} objects; {}", complaints(&one).join(" | "))) })
    });
    eprintln!("  {MANY} objects were compared {:.1} s after the Application was there", start.elapsed().as_secs_f64());
    deployment.api.delete(&deployment.applications.path("many.many")?)?;
    deployment.api.delete(&deployment.api.path(&project)?)?;
    deployment.repository.remove(folder)?;
    deployment.repository.commit("many objects are gone")?;
    compared
}
