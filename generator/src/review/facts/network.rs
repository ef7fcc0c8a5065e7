//! Which connections NetworkPolicies allow.

use serde_json::Value;

use super::{Facts, Object, Topic, items, spelled, text};

const NAME: &str = "app.kubernetes.io/name";
const NAMESPACE: &str = "kubernetes.io/metadata.name";

pub(super) fn facts(facts: &mut Facts, object: &Object<'_>) {
    let spec = object.value.pointer("/spec").unwrap_or(&Value::Null);
    let pods = pods(object.namespace(), spec.get("podSelector"));
    let types = types(spec);
    for (direction, rules, peers) in [("Ingress", "/ingress", "/from"), ("Egress", "/egress", "/to")] {
        if !types.contains(&direction) {
            continue;
        }
        let way = if direction == "Ingress" { "from" } else { "to" };
        facts.add(object, Topic::Isolation, [pods.clone(), way.to_owned()], []);
        for rule in items(spec, rules) {
            let peers = match items(rule, peers) {
                [] => vec!["anybody, anywhere".to_owned()],
                peers => peers.iter().map(|other| peer(object.namespace(), other)).collect(),
            };
            let ports = match items(rule, "/ports") {
                [] => vec!["all ports".to_owned()],
                ports => ports.iter().map(port).collect(),
            };
            for peer in peers {
                for port in &ports {
                    facts.add(object, Topic::Connection, [pods.clone(), way.to_owned(), peer.clone()], [port.clone()]);
                }
            }
        }
    }
}

/// As Kubernetes fills them in.
fn types(spec: &Value) -> Vec<&str> {
    let types: Vec<&str> = items(spec, "/policyTypes").iter().filter_map(Value::as_str).collect();
    match (types.is_empty(), items(spec, "/egress").is_empty()) {
        (false, _) => types,
        (true, true) => vec!["Ingress"],
        (true, false) => vec!["Ingress", "Egress"],
    }
}

fn peer(namespace: &str, peer: &Value) -> String {
    if let Some(block) = peer.get("ipBlock") {
        let except: Vec<String> = items(block, "/except").iter().map(spelled).collect();
        let cidr = text(block, "/cidr");
        return if except.is_empty() { cidr.to_owned() } else { format!("{cidr} except {}", except.join(", ")) };
    }
    match (peer.get("namespaceSelector"), peer.get("podSelector")) {
        (None, selector) => pods(namespace, selector),
        (Some(of), selector) => pods(&namespaces(of), selector),
    }
}

/// `namespace/name`, or as much as the selector says.
fn pods(namespace: &str, selector: Option<&Value>) -> String {
    match selector.map(requirements).unwrap_or_default().as_slice() {
        [] => format!("{namespace}/*"),
        [only] => format!("{namespace}/{}", only.strip_prefix(&format!("{NAME}=")).unwrap_or(only)),
        several => format!("{namespace}/({})", several.join(" and ")),
    }
}

fn namespaces(selector: &Value) -> String {
    match requirements(selector).as_slice() {
        [] => "*".to_owned(),
        [only] => only.strip_prefix(&format!("{NAMESPACE}=")).map_or_else(|| format!("({only})"), str::to_owned),
        several => format!("({})", several.join(" and ")),
    }
}

fn requirements(selector: &Value) -> Vec<String> {
    let labels = selector.get("matchLabels").and_then(Value::as_object);
    let mut requirements: Vec<String> =
        labels.into_iter().flatten().map(|(key, value)| format!("{key}={}", spelled(value))).collect();
    requirements.extend(items(selector, "/matchExpressions").iter().map(ToString::to_string));
    requirements.sort();
    requirements
}

fn port(port: &Value) -> String {
    let number = port.get("port").map_or_else(|| "all ports".to_owned(), spelled);
    let end = port.get("endPort").map(|end| format!("-{}", spelled(end))).unwrap_or_default();
    let protocol = port.get("protocol").and_then(Value::as_str).unwrap_or("TCP");
    format!("{number}{end}/{protocol}")
}
