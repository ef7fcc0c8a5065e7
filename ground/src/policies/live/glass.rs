//! `break-glass` and `mend` of the bootstrap script, where Kyverno really is away, and really comes back.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use super::outage::harmless;
use crate::bootstrap::Script;
use crate::cluster::Plane;
use crate::interrupt;
use crate::pods;
use crate::table::Findings;
use crate::tree::{Tree, text};

/// What the script shuts the service tier by.
const MARKER: &str = "casemate-break-glass";

const WEBHOOKS: [&str; 2] = ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"];

/// Kyverno is stopped, and nobody else is: its webhooks are taken away, and the service tier stays shut without them.
pub(super) fn broken(
    script: &Script,
    plane: &Plane,
    namespace: &str,
    tree: &Tree,
    findings: &mut Findings,
) -> Result<()> {
    findings.check("its webhooks are there", !webhooks(plane)?.is_empty(), || "there are none".to_owned());
    let ran = script.run(plane, &["break-glass"], "")?;
    findings.check("break-glass", ran.is_well, || ran.said.clone());
    let left = webhooks(plane)?;
    findings.check("none of its webhooks is left", left.is_empty(), || left.join(", "));
    findings.case("services are shut", waits(plane, tree, MARKER)?);
    let fence = tree.of_kind("EgressNetwork").next().context("the tree has no EgressNetwork")?;
    let mut second = fence.object.clone();
    second["metadata"]["name"] = Value::String("second".to_owned());
    let answer = plane.api.create(&second, "?dryRun=All")?;
    findings.check("so is their fence", answer.message().contains(MARKER), || answer.message());
    let answer = plane.api.create(&harmless(namespace), "?dryRun=All")?;
    findings.check("its own pods start", answer.granted(), || answer.message());
    let ran = script.run(plane, &["mend"], "")?;
    findings.check("mend opens nothing before it is back", !ran.is_well, || ran.said.clone());
    findings.case("services stay shut", waits(plane, tree, MARKER)?);
    Ok(())
}

/// Kyverno was started again: the service tier is opened, and it judges.
pub(super) fn mended(script: &Script, plane: &Plane, tree: &Tree, findings: &mut Findings) -> Result<()> {
    interrupt::until("`mend` to find Kyverno back", Duration::from_mins(2), || {
        let ran = script.run(plane, &["mend"], "")?;
        Ok(if ran.is_well { Ok(()) } else { Err(ran.said) })
    })?;
    let left = plane.api.list("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy")?.unwrap_or_default();
    findings.check("nothing shuts services any more", left.is_empty(), || format!("{} policies do", left.len()));
    let pod = pod(tree)?;
    // The API server takes a moment to see that nothing shuts services any more.
    let starts = interrupt::until("a pod of a service to start", Duration::from_secs(30), || {
        let answer = plane.api.create(&pod, "?dryRun=All")?;
        Ok(if answer.granted() { Ok(()) } else { Err(answer.message()) })
    });
    findings.case("a pod of a service starts", starts.map_err(|error| format!("{error:#}")));
    // Pod Security lets it: the refusal is Kyverno's.
    let mut writable = pod;
    writable["spec"]["containers"][0]["securityContext"]["readOnlyRootFilesystem"] = Value::Bool(false);
    let answer = plane.api.create(&writable, "?dryRun=All")?;
    let refused = answer.message().contains("Policy read-only-root-filesystem failed");
    findings.check("Kyverno judges", refused, || answer.message());
    Ok(())
}

/// The configurations of webhooks that are Kyverno's.
fn webhooks(plane: &Plane) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for kind in WEBHOOKS {
        let all = plane.api.list("admissionregistration.k8s.io/v1", kind)?.unwrap_or_default();
        let theirs = all.iter().map(|one| text(&one["metadata"]["name"])).filter(|name| name.starts_with("kyverno-"));
        found.extend(theirs.map(|name| format!("{kind} {name}")));
    }
    Ok(found)
}

fn pod(tree: &Tree) -> Result<Value> {
    Ok(pods::templates(tree).into_iter().next().context("the tree has no pod")?.1)
}

/// Whether a pod of a service is refused in these words.
fn waits(plane: &Plane, tree: &Tree, words: &str) -> Result<std::result::Result<(), String>> {
    let answer = plane.api.create(&pod(tree)?, "?dryRun=All")?;
    Ok(if !answer.granted() && answer.message().contains(words) { Ok(()) } else { Err(answer.message()) })
}
