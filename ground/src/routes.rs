//! A stand-in for Linkerd's policy controller, as far as Argo CD sees it: the status of routes whose parent is an
//! `EgressNetwork`. Argo CD waits for it (HTTPRoute, `GRPCRoute` and, since 3.6, TLSRoute have a health check).

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::api::Api;
use crate::pods::each;
use crate::stand_in::StandIn;
use crate::tree::text;

/// Starts the stand-in.
pub(crate) fn start(api: Api) -> StandIn {
    StandIn::start("Linkerd stand-in", move || {
        for (api_version, kind) in [
            ("gateway.networking.k8s.io/v1alpha2", "TLSRoute"),
            ("gateway.networking.k8s.io/v1alpha2", "TCPRoute"),
            ("gateway.networking.k8s.io/v1", "HTTPRoute"),
            ("gateway.networking.k8s.io/v1", "GRPCRoute"),
        ] {
            for route in api.list(api_version, kind)?.unwrap_or_default() {
                reconcile(&api, &route)?;
            }
        }
        Ok(())
    })
}

fn reconcile(api: &Api, route: &Value) -> Result<()> {
    if each(&route["status"]["parents"]).count() == each(&route["spec"]["parentRefs"]).count() {
        return Ok(());
    }
    let mut parents = Vec::new();
    for parent in each(&route["spec"]["parentRefs"]) {
        let namespace = parent["namespace"].as_str().unwrap_or(text(&route["metadata"]["namespace"]));
        let network = json!({
            "apiVersion": "policy.linkerd.io/v1alpha1", "kind": "EgressNetwork",
            "metadata": {"name": parent["name"], "namespace": namespace},
        });
        // Until the parent exists the real controller says NoMatchingParent and looks again.
        if api.get(&api.path(&network)?)?.is_none() {
            return Ok(());
        }
        let condition = |kind: &str, reason: &str| {
            json!({"type": kind, "status": "True", "reason": reason, "message": "",
                "lastTransitionTime": route["metadata"]["creationTimestamp"]})
        };
        parents.push(json!({
            "controllerName": "linkerd.io/policy-controller", "parentRef": parent,
            "conditions": [condition("Accepted", "Accepted"), condition("ResolvedRefs", "ResolvedRefs")],
        }));
    }
    let status = json!({"status": {"parents": parents}});
    let answer = api.merge(&format!("{}/status", api.path(route)?), &status)?;
    if answer.status != 404 {
        answer.object().context("a route's status")?;
    }
    Ok(())
}
