//! The values of Argo CD's chart.

use casemate_dsl::Plugin;
use serde_json::{Value, json};

use crate::gitops;
use crate::graph::Facts;

/// When an Application of the platform is well, so that the next stage waits for it. Argo CD has no such check by itself, and one for
/// all Applications would let a service that is not well hold up every other: those without the label count as well at once.
const APPLICATION_HEALTH: &str = r#"local labels = obj.metadata.labels or {}
if labels["casemate.dev/tier"] ~= "platform" then
  return { status = "Healthy" }
end
local status = obj.status or {}
local operation = status.operationState or {}
if operation.phase ~= "Succeeded" then
  return { status = "Progressing", message = operation.message or "waits for its first sync" }
end
local health = status.health or {}
return { status = health.status or "Progressing", message = health.message or "" }
"#;

pub(super) fn values(facts: &Facts) -> Value {
    let mut values = json!({
        "configs": {
            "cm": {
                "application.resourceTrackingMethod": "annotation",
                // The tree is plain YAML and charts: what renders nothing here can be attacked by nothing here. Helm renders charts.
                "jsonnet.enable": "false",
                "kustomize.enable": "false",
                "resource.customizations.health.argoproj.io_Application": APPLICATION_HEALTH,
            },
            "params": {
                // Differences are the API server's to find: it knows what it fills in.
                "controller.diff.server.side": "true",
                // TLS ends at the tunnel; behind it cloudflared speaks HTTP to the server.
                "server.insecure": true,
            },
        },
        // Definitions stay when the chart goes: with them would go everything that is deployed.
        "crds": {"install": true, "keep": true},
        // Nobody signs in by it, and nobody is told anything by it.
        "dex": {"enabled": false},
        "notifications": {"enabled": false},
    });
    if let Some(Plugin { image }) = facts.plugin {
        values["repoServer"] = gitops::repo_server(image.as_str());
    }
    values
}
