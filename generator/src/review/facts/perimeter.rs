//! What the tunnel exposes, read from cloudflared's configuration.

use serde_json::Value;

use super::{Facts, Object, Topic, items, spelled, text};
use crate::review::objects;

/// What a hostname is for everybody.
pub(in crate::review) const PUBLIC: &str = "public: no Access in front of it";

pub(super) fn facts(facts: &mut Facts, object: &Object<'_>) {
    let Some(data) = object.value.pointer("/data").and_then(Value::as_object) else { return };
    for config in data.values().filter_map(Value::as_str) {
        if !(config.contains("ingress:") && config.contains("tunnel:")) {
            continue;
        }
        let Ok(documents) = objects::read(config) else {
            let reason = "the tunnel's configuration in it is no YAML that all readers agree about".to_owned();
            facts.unreadable.insert(object.path.to_owned(), reason);
            continue;
        };
        for document in &documents {
            for rule in items(document, "/ingress") {
                let (host, path, service) = (text(rule, "/hostname"), text(rule, "/path"), text(rule, "/service"));
                if host.is_empty() && service == "http_status:404" {
                    continue;
                }
                let host = if host.is_empty() { "every other hostname" } else { host };
                let host = format!("{host}{path}");
                facts.add(object, Topic::Hostname, [host.clone()], [decision(rule)]);
                facts.add(object, Topic::Destination, [host.clone()], [service.to_owned()]);
                if rule.pointer("/originRequest/noTLSVerify") == Some(&Value::Bool(true)) {
                    let what = format!("does not verify the certificate behind {host}");
                    facts.add(object, Topic::Weakness, [object.title(), what], []);
                }
            }
        }
    }
}

fn decision(rule: &Value) -> String {
    let Some(access) = rule.pointer("/originRequest/access") else { return PUBLIC.to_owned() };
    if access.pointer("/required") != Some(&Value::Bool(true)) {
        return PUBLIC.to_owned();
    }
    let audiences: Vec<String> = items(access, "/audTag").iter().map(spelled).collect();
    format!("Access of team {}, audience {}", text(access, "/teamName"), audiences.join(" or "))
}
