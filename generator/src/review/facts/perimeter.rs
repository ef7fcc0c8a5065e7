//! What the tunnel exposes, read from cloudflared's configuration.

use serde_json::Value;

use super::{Facts, Object, Topic, items, spelled, text};
use crate::yaml_reader;

/// What a hostname is for everybody.
pub(in crate::review) const PUBLIC: &str = "public: no Access in front of it";

pub(super) fn facts(facts: &mut Facts, object: &Object<'_>) {
    let Some(data) = object.value.pointer("/data").and_then(Value::as_object) else { return };
    for config in data.values().filter_map(Value::as_str) {
        if !(config.contains("ingress:") && config.contains("tunnel:")) {
            continue;
        }
        let Ok(documents) = yaml_reader::read(config) else {
            let reason = "the tunnel's configuration in it is no YAML that all readers agree about".to_owned();
            facts.unreadable.insert(object.path.to_owned(), reason);
            continue;
        };
        for document in &documents {
            for rule in items(document, "/ingress") {
                let (name, service) = (text(rule, "/hostname"), text(rule, "/service"));
                if name.is_empty() && service == "http_status:404" {
                    continue;
                }
                let host = if name.is_empty() { "every other hostname" } else { name };
                let host = format!("{host}{}", paths(rule));
                let decision = decision(rule);
                for reason in reasons(config, name).filter(|_| decision == PUBLIC) {
                    facts.add(object, Topic::Reason, [format!("Hostname {host}")], [reason.to_owned()]);
                }
                facts.add(object, Topic::Hostname, [host.clone()], [decision]);
                facts.add(object, Topic::Destination, [host.clone()], [service.to_owned()]);
                if rule.pointer("/originRequest/noTLSVerify") == Some(&Value::Bool(true)) {
                    let what = format!("does not verify the certificate behind {host}");
                    facts.add(object, Topic::Weakness, [object.title(), what], []);
                }
            }
        }
    }
}

/// The paths of a rule: `/api` for `^/api(/|$)`, a path and all below it. Any other expression is a quotation.
fn paths(rule: &Value) -> String {
    let Some(path) = rule.get("path") else { return String::new() };
    let path = spelled(path);
    let inner = path.strip_prefix("^/").and_then(|path| path.strip_suffix("(/|$)")).unwrap_or_default();
    let plain = inner.replace("\\.", "~");
    let is_plain =
        !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_~".contains(&byte));
    if is_plain { format!("/{}", inner.replace("\\.", ".")) } else { format!(", paths that match `{path}`") }
}

/// Why a hostname is public: comments of the configuration, each of which stands before its rule.
fn reasons<'a>(config: &'a str, host: &str) -> impl Iterator<Item = &'a str> {
    let lines = config.lines().zip(config.lines().skip(1));
    lines.filter_map(move |(line, next)| {
        let next = next.strip_prefix("- hostname: ").map(|host| host.trim_matches(['"', '\'']));
        let is_of_host = next == Some(host);
        line.strip_prefix("# public: ").filter(|_| is_of_host)
    })
}

fn decision(rule: &Value) -> String {
    let Some(access) = rule.pointer("/originRequest/access") else { return PUBLIC.to_owned() };
    if access.pointer("/required") != Some(&Value::Bool(true)) {
        return PUBLIC.to_owned();
    }
    let audiences: Vec<String> = items(access, "/audTag").iter().map(spelled).collect();
    format!("Access of team {}, audience {}", text(access, "/teamName"), audiences.join(" or "))
}
