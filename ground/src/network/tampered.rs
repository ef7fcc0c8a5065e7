//! Our own policies with one thing made wrong.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::tree::{label, text};

/// What was made wrong, and the policies that result.
pub(super) fn all(policies: &[Value]) -> Result<Vec<(String, Vec<Value>)>> {
    let mut all = Vec::new();
    let mut tamper = |what: &str, is_it: &dyn Fn(&Value) -> bool, change: &dyn Fn(&mut Value)| -> Result<()> {
        let number = policies.iter().position(is_it).with_context(|| format!("no policy in which to try: {what}"))?;
        let mut changed = policies.to_vec();
        change(&mut changed[number]);
        changed.retain(|policy| !policy.is_null());
        all.push((format!("{what} ({})", label(&policies[number])), changed));
        Ok(())
    };
    let named = |name: &'static str| move |policy: &Value| policy["metadata"]["name"] == name;
    let is_edge = |between: &'static str| {
        move |policy: &Value| {
            text(&policy["metadata"]["name"]).contains(between) && policy["spec"].to_string().contains("4143")
        }
    };
    tamper("a whole namespace is let in", &is_edge("-from-"), &|policy| {
        forget(&mut policy["spec"]["ingress"][0]["from"][0], "podSelector");
    })?;
    tamper("every namespace is let in", &is_edge("-from-"), &|policy| {
        forget(&mut policy["spec"]["ingress"][0]["from"][0], "namespaceSelector");
        policy["spec"]["ingress"][0]["from"][0]["namespaceSelector"] = json!({});
    })?;
    tamper("everybody is let in", &is_edge("-from-"), &|policy| forget(&mut policy["spec"]["ingress"][0], "from"))?;
    tamper("every port is opened", &is_edge("-from-"), &|policy| forget(&mut policy["spec"]["ingress"][0], "ports"))?;
    tamper("an application's port is opened beside the mesh's", &is_edge("-from-"), &|policy| {
        policy["spec"]["ingress"][0]["ports"][0] = json!({"port": 1, "endPort": 65535, "protocol": "TCP"});
    })?;
    tamper("an edge is closed at its end", &is_edge("-from-"), &|policy| *policy = Value::Null)?;
    tamper("an edge is closed where it begins", &is_edge("-to-"), &|policy| *policy = Value::Null)?;
    tamper("all of a namespace takes what one service takes", &is_edge("-from-"), &|policy| {
        policy["spec"]["podSelector"] = json!({});
    })?;
    tamper("nothing is shut by default", &named("default-deny"), &|policy| *policy = Value::Null)?;
    tamper("everything may leave", &named("default-deny"), &|policy| policy["spec"]["egress"] = json!([{}]))?;
    tamper("names are not found", &named("dns"), &|policy| *policy = Value::Null)?;
    tamper("any port of the name server is open", &named("dns"), &|policy| {
        forget(&mut policy["spec"]["egress"][0], "ports");
    })?;
    tamper(
        "private networks are reached with the public ones",
        &|policy| policy.to_string().contains("\"except\""),
        &|policy| {
            forget(&mut policy["spec"]["egress"][0]["to"][0]["ipBlock"], "except");
        },
    )?;
    Ok(all)
}

fn forget(object: &mut Value, key: &str) {
    if let Some(object) = object.as_object_mut() {
        object.remove(key);
    }
}
