//! A stand-in for cert-manager: says that issuers and certificates are ready, and makes the Secret of each certificate.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::api::Api;
use crate::pods::each;
use crate::stand_in::StandIn;

/// Starts the stand-in.
pub(crate) fn start(api: Api) -> StandIn {
    StandIn::start("cert-manager stand-in", move || {
        for issuer in api.list("cert-manager.io/v1", "Issuer")?.unwrap_or_default() {
            say_ready(&api, &issuer)?;
        }
        for certificate in api.list("cert-manager.io/v1", "Certificate")?.unwrap_or_default() {
            if certificate["metadata"]["deletionTimestamp"].is_string() || is_ready(&certificate) {
                continue;
            }
            let secret = secret(&certificate);
            if api.get(&api.path(&secret)?)?.is_none() {
                api.create(&secret, "")?.object().context("the Secret of a certificate")?;
            }
            say_ready(&api, &certificate)?;
        }
        Ok(())
    })
}

/// The real one makes a key and signs it; nobody looks into this one.
fn secret(certificate: &Value) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls",
        "stringData": {"tls.crt": "made by the proving ground", "tls.key": "made by the proving ground",
            "ca.crt": "made by the proving ground"},
        "metadata": {"name": certificate["spec"]["secretName"], "namespace": certificate["metadata"]["namespace"]},
    })
}

fn is_ready(object: &Value) -> bool {
    each(&object["status"]["conditions"]).any(|one| one["type"] == "Ready")
}

fn say_ready(api: &Api, object: &Value) -> Result<()> {
    if is_ready(object) {
        return Ok(());
    }
    let ready = json!({"type": "Ready", "status": "True", "reason": "Ready", "message": "said by the stand-in",
        "lastTransitionTime": object["metadata"]["creationTimestamp"]});
    let answer = api.merge(&format!("{}/status", api.path(object)?), &json!({"status": {"conditions": [ready]}}))?;
    if answer.status != 404 {
        answer.object().context("the status of a certificate or issuer")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_has_the_secret_that_it_names() {
        let certificate =
            json!({"metadata": {"name": "hook", "namespace": "shop"}, "spec": {"secretName": "hook-tls"}});
        let secret = secret(&certificate);
        assert_eq!(secret["metadata"], json!({"name": "hook-tls", "namespace": "shop"}));
        assert!(secret["stringData"]["tls.key"].is_string());
    }
}
