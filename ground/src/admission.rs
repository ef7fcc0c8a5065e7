//! The pods of every template, as the API server would admit them: injected, and under Pod Security.

use anyhow::Result;
use serde_json::Value;

use crate::api::Api;
use crate::injector::containers;
use crate::pods;
use crate::table::Findings;
use crate::tree::{Tree, label, text};

/// Creates the pod of every template (as a dry run: admission is asked, nothing is stored).
pub(crate) fn admit_all(api: &Api, tree: &Tree, findings: &mut Findings) -> Result<()> {
    for (manifest, pod) in pods::templates(tree) {
        let answer = api.create(&pod, "?dryRun=All&fieldValidation=Strict")?;
        let verdict = if answer.granted() { hardened(&answer.body) } else { Err(answer.message()) };
        findings.case(&label(&manifest.object), verdict);
    }
    Ok(())
}

/// What must hold of the pod that the node would get, the proxy included.
fn hardened(pod: &Value) -> Result<(), String> {
    let first: Vec<&str> = containers(pod).take(2).map(|container| text(&container["name"])).collect();
    if first != ["linkerd-network-validator", "linkerd-proxy"] {
        return Err(format!("was not injected: its first containers are {}", first.join(", ")));
    }
    for container in containers(pod) {
        let name = text(&container["name"]);
        let security = &container["securityContext"];
        let resources = &container["resources"];
        for (holds, what) in [
            (text(&container["image"]).contains("@sha256:"), "an image without digest"),
            (resources["requests"]["cpu"].is_string(), "no CPU request"),
            (resources["requests"]["memory"].is_string(), "no memory request"),
            (resources["limits"]["memory"].is_string(), "no memory limit"),
            (security["readOnlyRootFilesystem"] == true, "a writable root file system"),
        ] {
            if !holds {
                return Err(format!("container {name} has {what}"));
            }
        }
    }
    Ok(())
}
