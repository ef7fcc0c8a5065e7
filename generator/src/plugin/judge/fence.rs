//! What shuts a namespace: its own labels, and the policy that denies everything. Both have one form for all namespaces of services; what a
//! namespace of charts may differ in is Pod Security's level, with a reason, and what it is to the mesh.

use serde_json::{Value, json};

use super::{AGAIN, Judge, closed, group, keys, text};
use crate::meta::{DESCRIPTION, TIER};
use crate::plugin::part::Part;

/// The policy without which a namespace of services is open.
const DEFAULT_DENY: &str = "default-deny";

/// The files without which a directory does not shut its namespace.
pub(in crate::plugin) fn files(part: &Part) -> Vec<String> {
    match part {
        Part::Namespace(namespace) => {
            vec![format!("namespace-{namespace}.yaml"), format!("networkpolicy-{DEFAULT_DENY}.yaml")]
        }
        Part::PlatformNamespace(namespace) => vec![format!("namespace-{namespace}.yaml")],
        Part::Service { .. } | Part::Chart { .. } | Part::Policies(_) | Part::Applications { .. } => Vec::new(),
    }
}

pub(super) fn judge(judge: &mut Judge, part: &Part, object: &Value) {
    match (group(object), text(object, "/kind"), part) {
        ("", "Namespace", Part::Namespace(_)) => of_services(judge, object),
        ("", "Namespace", _) => of_charts(judge, object),
        ("networking.k8s.io", "NetworkPolicy", _)
            if text(object, "/metadata/name") == DEFAULT_DENY
                && object["spec"] != json!({"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}) =>
        {
            judge.because("the policy that denies everything lets something through", AGAIN);
        }
        _ => {}
    }
}

fn of_services(judge: &mut Judge, namespace: &Value) {
    labels(judge, namespace, "services", &[]);
    if level(namespace) != Some("restricted") {
        judge.because("the namespace is not held to Pod Security's `restricted`", AGAIN);
    }
    for (key, value) in [("linkerd.io/inject", "enabled"), ("config.linkerd.io/default-inbound-policy", "deny")] {
        if namespace["metadata"]["annotations"][key] != value {
            judge.because(format!("the annotation `{key}: {value}` is missing"), AGAIN);
        }
    }
    annotations(judge, namespace, &["linkerd.io/inject", "config.linkerd.io/default-inbound-policy"]);
}

fn of_charts(judge: &mut Judge, namespace: &Value) {
    const MESH: [&str; 3] =
        ["config.linkerd.io/admission-webhooks", "linkerd.io/cni-resource", "linkerd.io/is-control-plane"];
    labels(judge, namespace, "platform", &MESH);
    let says = |key: &str| namespace["metadata"]["labels"].get(key).is_some();
    if says(MESH[0]) != (says(MESH[1]) != says(MESH[2])) {
        judge.because("its labels for the mesh are not those of one part of it", AGAIN);
    }
    let has_reason = namespace["metadata"]["annotations"].get(DESCRIPTION).is_some();
    match level(namespace) {
        Some("restricted" | "baseline") if !has_reason => {}
        Some("privileged") if has_reason => {}
        _ => judge.because("its level of Pod Security is none, or is privileged without a reason", AGAIN),
    }
    annotations(judge, namespace, &[DESCRIPTION]);
}

/// Pod Security's level, where it is one for what is refused, warned about and recorded.
fn level(namespace: &Value) -> Option<&str> {
    let labels = &namespace["metadata"]["labels"];
    let of = |mode: &str| labels[format!("pod-security.kubernetes.io/{mode}")].as_str();
    let is_one = of("enforce") == of("warn") && of("enforce") == of("audit");
    of("enforce").filter(|_| is_one)
}

fn labels(judge: &mut Judge, namespace: &Value, tier: &str, more: &[&str]) {
    for key in keys(namespace, "/metadata/labels") {
        let is_of_pod_security = key.starts_with("pod-security.kubernetes.io/");
        if !is_of_pod_security && ![TIER, "app.kubernetes.io/managed-by"].contains(&key) && !more.contains(&key) {
            judge.because(format!("the label `{}` is never rendered", key.escape_debug()), AGAIN);
        }
    }
    if namespace["metadata"]["labels"][TIER] != tier {
        judge.because(format!("the label `{TIER}: {tier}` is missing"), AGAIN);
    }
    closed(judge, namespace, "", &["apiVersion", "kind", "metadata"]);
}

fn annotations(judge: &mut Judge, namespace: &Value, known: &[&str]) {
    // What Argo CD is told was judged for every object.
    let of_argo_cd = |key: &&str| key.starts_with("argocd.argoproj.io/");
    for key in keys(namespace, "/metadata/annotations").filter(|key| !of_argo_cd(key) && !known.contains(key)) {
        judge.because(format!("the annotation `{}` is never rendered", key.escape_debug()), AGAIN);
    }
}
