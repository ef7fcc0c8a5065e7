//! The tunnel: each URL reaches the port that was declared for it, by the rules by which cloudflared chooses.

#![expect(clippy::expect_used, reason = "a test that cannot begin stops")]

#[path = "../../../snapshots/example.rs"]
mod example;

mod broken;
mod expression;
mod fixtures;
mod matcher;
mod worlds;

use casemate_dsl::prelude::*;
use serde_json::Value;

/// The rules of cloudflared's configuration, as it is rendered.
fn rules(files: &[(String, String)]) -> Vec<Value> {
    let (_, text) =
        files.iter().find(|(path, _)| path.ends_with("configmap-cloudflared-config.yaml")).expect("a tunnel");
    let map = casemate_oracle::parse(text).expect("the ConfigMap is YAML");
    let config = casemate_oracle::parse(map["data"]["config.yaml"].as_str().expect("a text")).expect("YAML");
    config["ingress"].as_array().expect("a list").clone()
}

/// The files of a cluster.
fn rendered(cluster: Cluster) -> Result<Vec<(String, String)>, casemate::Findings> {
    let rendered = casemate::render(cluster)?;
    Ok(rendered.files().map(|(path, text)| (format!("out/{path}"), text.to_owned())).collect())
}
