//! A stand-in for Kyverno where Argo CD deploys the tree, as far as Argo CD sees it: its health check waits for the status that Kyverno
//! gives a policy once its webhook is there.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::api::Api;
use crate::stand_in::StandIn;

/// Starts the stand-in.
pub(crate) fn stand_in(api: Api) -> StandIn {
    StandIn::start("Kyverno stand-in", move || {
        for kind in ["ValidatingPolicy", "MutatingPolicy", "GeneratingPolicy"] {
            for policy in api.list("policies.kyverno.io/v1", kind)?.unwrap_or_default() {
                say_ready(&api, &policy)?;
            }
        }
        Ok(())
    })
}

fn say_ready(api: &Api, policy: &Value) -> Result<()> {
    if policy["status"]["conditionStatus"]["ready"] == true {
        return Ok(());
    }
    let answer = api.merge(&format!("{}/status", api.path(policy)?), &json!({"status": status(policy)}))?;
    if answer.status != 404 {
        answer.object().context("the status of a policy")?;
    }
    Ok(())
}

fn status(policy: &Value) -> Value {
    let metadata = &policy["metadata"];
    json!({"conditionStatus": {"ready": true, "conditions": [{
        "type": "WebhookConfigured", "status": "True", "reason": "Succeeded", "message": "said by the stand-in",
        "lastTransitionTime": metadata["creationTimestamp"],
    }]}})
}
