//! Rights in the Kubernetes API.

use serde_json::Value;

use super::{Facts, Object, Topic, items, spelled, text};

pub(super) fn facts(facts: &mut Facts, object: &Object<'_>) {
    if matches!(object.kind(), "RoleBinding" | "ClusterRoleBinding") {
        let role = format!("{} {}", text(&object.value, "/roleRef/kind"), text(&object.value, "/roleRef/name"));
        let whole = object.kind() == "ClusterRoleBinding";
        let place = if whole { "the whole cluster".to_owned() } else { object.namespace().to_owned() };
        for subject in items(&object.value, "/subjects") {
            let (kind, name, namespace) = (text(subject, "/kind"), text(subject, "/name"), text(subject, "/namespace"));
            let subject = if namespace.is_empty() { name.to_owned() } else { format!("{namespace}/{name}") };
            facts.add(object, Topic::Binding, [format!("{kind} {subject}"), role.clone(), place.clone()], []);
        }
        return;
    }
    let reason = text(&object.value, "/metadata/annotations/kubernetes.io~1description");
    if !reason.is_empty() {
        facts.add(object, Topic::Reason, [object.title()], [reason.to_owned()]);
    }
    for rule in items(&object.value, "/rules") {
        let list = |pointer: &str| -> Vec<String> { items(rule, pointer).iter().map(spelled).collect() };
        let names = list("/resourceNames");
        let only = if names.is_empty() { String::new() } else { format!(" named {}", names.join(" or ")) };
        let mut what: Vec<String> = list("/nonResourceURLs");
        for group in list("/apiGroups") {
            for resource in list("/resources") {
                let group = if group.is_empty() { String::new() } else { format!(".{group}") };
                what.push(format!("{resource}{group}{only}"));
            }
        }
        for what in what {
            for verb in items(rule, "/verbs").iter().filter_map(Value::as_str) {
                facts.add(object, Topic::Right, [object.title(), what.clone()], [verb.to_owned()]);
            }
        }
    }
    if let Some(aggregation) = object.value.get("aggregationRule") {
        let what = format!("gathers the rules of other roles: {aggregation}");
        facts.add(object, Topic::Weakness, [object.title(), what], []);
    }
}

/// What the API server asks, whom, and of which namespaces. Without a selector it is all of them.
pub(super) fn webhooks(facts: &mut Facts, object: &Object<'_>) {
    for webhook in items(&object.value, "/webhooks") {
        let namespaces = match webhook.pointer("/namespaceSelector") {
            Some(selector) if selector.as_object().is_some_and(|selector| !selector.is_empty()) => selector.to_string(),
            _ => "every namespace".to_owned(),
        };
        let service = webhook.pointer("/clientConfig/service").map_or_else(
            || text(webhook, "/clientConfig/url").to_owned(),
            |service| format!("{}/{}", text(service, "/namespace"), text(service, "/name")),
        );
        for rule in items(webhook, "/rules") {
            let list = |pointer: &str| items(rule, pointer).iter().map(spelled).collect::<Vec<_>>().join(" or ");
            let asked = format!("{} of {}", list("/operations"), list("/resources"));
            let about = [object.title(), service.clone(), asked, namespaces.clone()];
            facts.add(object, Topic::Webhook, about, [text(webhook, "/failurePolicy").to_owned()]);
        }
    }
}
