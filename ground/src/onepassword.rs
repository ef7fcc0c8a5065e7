//! A stand-in for the 1Password operator: makes from each `OnePasswordItem` a Secret with exactly the keys that the tree's
//! pods read from it, and says `Ready`.
//!
//! Like the real one it copies the item's type and labels (not its annotations) and owns the Secret by reference.

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::api::Api;
use crate::pods::SecretKeys;
use crate::stand_in::StandIn;
use crate::tree::text;

/// Starts the 1Password operator's stand-in.
pub(crate) fn start(api: Api, keys: SecretKeys) -> StandIn {
    StandIn::start("1Password stand-in", move || {
        for item in api.list("onepassword.com/v1", "OnePasswordItem")?.unwrap_or_default() {
            reconcile(&api, &keys, &item)?;
        }
        Ok(())
    })
}

fn reconcile(api: &Api, keys: &SecretKeys, item: &Value) -> Result<()> {
    // What was said to be ready is not asked for again: twice a second, for every item, the API server would feel it.
    if item["metadata"]["deletionTimestamp"].is_string() || item["status"]["conditions"].is_array() {
        return Ok(());
    }
    let secret = secret(keys, item);
    match api.get(&api.path(&secret)?)? {
        None => {
            let answer = api.create(&secret, "")?;
            answer.object().with_context(|| format!("the Secret of {}", text(&item["metadata"]["name"])))?;
        }
        Some(there) if there["metadata"]["ownerReferences"][0]["uid"] == item["metadata"]["uid"] => {}
        // Of an item that was removed and has come back: the garbage collector is about to take it.
        Some(_) => return Ok(()),
    }
    let ready = json!({"type": "Ready", "status": "True", "message": "made by the stand-in",
        "lastTransitionTime": item["metadata"]["creationTimestamp"]});
    let status = format!("{}/status", api.path(item)?);
    let answer = api.merge(&status, &json!({"status": {"conditions": [ready]}}))?;
    if answer.status != 404 {
        answer.object().context("an item's status")?;
    }
    Ok(())
}

fn secret(keys: &SecretKeys, item: &Value) -> Value {
    let metadata = &item["metadata"];
    let (namespace, name) = (text(&metadata["namespace"]), text(&metadata["name"]));
    let mut data = Map::new();
    for key in keys.get(&(namespace.to_owned(), name.to_owned())).into_iter().flatten() {
        let value = if key == ".dockerconfigjson" { r#"{"auths":{}}"# } else { "made by the proving ground" };
        data.insert(key.clone(), json!(value));
    }
    if item["type"] == "kubernetes.io/dockerconfigjson" {
        data.entry(".dockerconfigjson").or_insert(json!(r#"{"auths":{}}"#));
    }
    json!({
        "apiVersion": "v1", "kind": "Secret", "type": item["type"], "stringData": data,
        "metadata": {
            "name": name, "namespace": namespace, "labels": metadata["labels"],
            "ownerReferences": [{
                "apiVersion": item["apiVersion"], "kind": item["kind"], "name": name, "uid": metadata["uid"],
                "controller": true, "blockOwnerDeletion": true,
            }],
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_exactly_the_keys_that_pods_read() {
        let mut keys = SecretKeys::new();
        keys.entry(("shop".to_owned(), "db".to_owned())).or_default().insert("uri".to_owned());
        let item = json!({"apiVersion": "onepassword.com/v1", "kind": "OnePasswordItem", "type": "Opaque",
            "metadata": {"name": "db", "namespace": "shop", "uid": "7"}});
        let secret = secret(&keys, &item);
        assert_eq!(secret["type"], "Opaque");
        assert_eq!(secret["stringData"].as_object().unwrap().keys().collect::<Vec<_>>(), ["uri"]);
        assert_eq!(secret["metadata"]["ownerReferences"][0]["uid"], "7");
    }
}
