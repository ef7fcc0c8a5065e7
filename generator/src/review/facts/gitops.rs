//! What Argo CD may do and does, what Kyverno holds to, and what outlives its declaration.

use serde_json::Value;

use super::{Facts, Object, Topic, items, spelled, text};

/// What is said of data that Argo CD keeps.
pub(in crate::review) const KEPT: &str = "kept";

pub(super) fn facts(facts: &mut Facts, object: &Object<'_>) {
    match object.kind() {
        "AppProject" => project(facts, object),
        "Application" => application(facts, object),
        _ => {
            let rules = object.value.pointer("/spec").unwrap_or(&Value::Null).to_string();
            facts.add(object, Topic::Policy, [object.title()], [rules]);
        }
    }
}

fn project(facts: &mut Facts, object: &Object<'_>) {
    reason(facts, object);
    let lists = [
        ("comes from", "/spec/sourceRepos"),
        ("goes to", "/spec/destinations"),
        ("may create, cluster-wide,", "/spec/clusterResourceWhitelist"),
        ("may create", "/spec/namespaceResourceWhitelist"),
    ];
    for (does, pointer) in lists {
        for entry in items(&object.value, pointer) {
            let entry = match entry {
                Value::Object(fields) => {
                    fields.values().map(spelled).filter(|field| !field.is_empty()).collect::<Vec<_>>().join(" ")
                }
                entry => spelled(entry),
            };
            facts.add(object, Topic::Project, [object.name().to_owned(), does.to_owned()], [entry]);
        }
    }
    if object.value.pointer("/spec/namespaceResourceWhitelist").is_none() {
        let all = "every kind".to_owned();
        facts.add(object, Topic::Project, [object.name().to_owned(), "may create".to_owned()], [all]);
    }
}

fn application(facts: &mut Facts, object: &Object<'_>) {
    let mut add = |does: &str, value: String| {
        if !value.is_empty() {
            facts.add(object, Topic::Application, [object.name().to_owned(), does.to_owned()], [value]);
        }
    };
    let value = &object.value;
    add("project", text(value, "/spec/project").to_owned());
    add("destination", value.pointer("/spec/destination").map(spelled).unwrap_or_default());
    let sources = items(value, "/spec/sources").iter().chain(value.pointer("/spec/source"));
    for source in sources {
        for (does, pointer) in [
            ("repository", "/repoURL"),
            ("revision", "/targetRevision"),
            ("path", "/path"),
            ("chart", "/chart"),
            ("Helm values", "/helm"),
            ("plugin", "/plugin"),
            ("Kustomize options", "/kustomize"),
        ] {
            add(does, source.pointer(pointer).map(spelled).unwrap_or_default());
        }
    }
}

/// Why a namespace is privileged, or a chart makes Secrets.
fn reason(facts: &mut Facts, object: &Object<'_>) {
    let reason = object.annotation("kubernetes.io/description");
    if !reason.is_empty() {
        facts.add(object, Topic::Reason, [object.title()], [reason.to_owned()]);
    }
}

/// Claims and namespaces: whether they stay when their file goes, and what shuts them.
pub(super) fn data(facts: &mut Facts, object: &Object<'_>) {
    let options = object.annotation("argocd.argoproj.io/sync-options");
    let keeps = options.split(',').any(|option| matches!(option.trim(), "Prune=false" | "Prune=confirm"));
    let fate = if keeps { KEPT } else { "deleted with its file" };
    facts.add(object, Topic::Data, [object.title()], [fate.to_owned()]);
    if object.kind() != "Namespace" {
        return;
    }
    reason(facts, object);
    if text(&object.value, "/metadata/labels/pod-security.kubernetes.io~1enforce") != "restricted" {
        let what = "does not enforce the restricted level of Pod Security".to_owned();
        facts.add(object, Topic::Weakness, [object.title(), what], []);
    }
    for map in ["/metadata/labels", "/metadata/annotations"] {
        for (key, value) in object.value.pointer(map).and_then(Value::as_object).into_iter().flatten() {
            let shuts = ["pod-security.kubernetes.io/", "linkerd.io/", "config.linkerd.io/", "casemate.dev/"];
            if shuts.iter().any(|prefix| key.starts_with(prefix)) {
                facts.add(object, Topic::Fence, [object.name().to_owned(), key.clone()], [spelled(value)]);
            }
        }
    }
}
