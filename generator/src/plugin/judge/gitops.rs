//! Projects and Applications: what holds everything else to its place. They are made by the renderer in two forms only, and no value of
//! theirs is free but names, the repository and the branch.

use serde_json::Value;

use super::{Judge, group, items, keys, quoted, text};
use crate::gitops::{IN_CLUSTER, PLUGIN, POLICIES, kinds};
use crate::plugin::part::Part;
use crate::policy;

/// The options of every Application.
const OPTIONS: [&str; 3] = ["FailOnSharedResource=true", "PruneLast=true", "ServerSideApply=true"];

/// Whether a group and a kind are of a list.
type IsOf = fn(&str, &str) -> bool;

const AGAIN: &str = "render again and commit";

pub(super) fn judge(judge: &mut Judge, part: &Part, object: &Value) {
    match (group(object), text(object, "/kind")) {
        ("argoproj.io", "Application") => application(judge, part, object),
        ("argoproj.io", "AppProject") => project(judge, object),
        // It may not be here, which was said.
        _ => {}
    }
}

fn application(judge: &mut Judge, part: &Part, object: &Value) {
    closed(judge, object, "/spec", &["project", "source", "destination", "syncPolicy", "ignoreDifferences"]);
    closed(judge, object, "/spec/source", &["repoURL", "targetRevision", "path", "directory", "plugin"]);
    closed(judge, object, "/spec/destination", &["server", "namespace"]);
    closed(judge, object, "/spec/syncPolicy", &["automated", "syncOptions", "retry"]);
    let (name, project) = (text(object, "/metadata/name"), text(object, "/spec/project"));
    let path = text(object, "/spec/source/path");
    let Part::Applications { cluster, .. } = part else { return };
    match Part::of(std::path::Path::new(path)) {
        Some(of) if of.application() == name && of.project() == project && is_below(path, cluster, &of) => {
            if of.namespace().is_some_and(|namespace| text(object, "/spec/destination/namespace") != namespace) {
                judge.because("the Application is of another namespace than its path", AGAIN);
            }
        }
        // The plugin reads nothing of the platform, but knows who does.
        None if (name, project) == ("platform", "root") && path.ends_with(&format!("/{cluster}/argocd/platform")) => {}
        _ => judge.because(
            format!("the Application {} of project {} may not read {}", quoted(name), quoted(project), quoted(path)),
            AGAIN,
        ),
    }
    let spec = &object["spec"];
    let source = &spec["source"];
    let reads = match (source.get("directory"), source.get("plugin")) {
        (Some(directory), None) => *directory == serde_json::json!({"include": "*.yaml"}),
        (None, Some(plugin)) => *plugin == serde_json::json!({"name": PLUGIN}),
        _ => false,
    };
    if !reads {
        judge.because("the Application's source is neither a plain directory nor the plugin", AGAIN);
    }
    if spec["destination"]["server"] != IN_CLUSTER {
        judge.because("the Application is for another cluster", AGAIN);
    }
    if spec["syncPolicy"]["automated"] != serde_json::json!({"prune": true, "selfHeal": true}) {
        judge.because("the Application does not undo what was changed in the cluster", AGAIN);
    }
    if !items(object, "/spec/syncPolicy/syncOptions").eq(OPTIONS) {
        judge.because("the Application has other options than those that are rendered", AGAIN);
    }
    for ignored in items(object, "/spec/ignoreDifferences") {
        let restarted = ".spec.template.metadata.annotations[\"operator.1password.io/last-restarted\"]";
        if *ignored != serde_json::json!({"group": "apps", "kind": "Deployment", "jqPathExpressions": [restarted]}) {
            judge.because("the Application ignores a difference that it has to undo", AGAIN);
        }
    }
}

/// Whether a path lies in the cluster's own directory.
fn is_below(path: &str, cluster: &str, part: &Part) -> bool {
    let below = match part {
        Part::Service { namespace, name } => format!("{cluster}/services/{namespace}/{name}"),
        Part::Namespace(namespace) => format!("{cluster}/services/{namespace}/_namespace"),
        Part::Policies(_) => format!("{cluster}/{}", policy::DIRECTORY),
        Part::Applications { owner, .. } => format!("{cluster}/argocd/{owner}"),
    };
    path.strip_suffix(&below).is_some_and(|above| above.is_empty() || above.ends_with('/'))
}

fn project(judge: &mut Judge, object: &Value) {
    const KEYS: [&str; 5] =
        ["description", "sourceRepos", "destinations", "clusterResourceWhitelist", "namespaceResourceWhitelist"];
    closed(judge, object, "/spec", &KEYS);
    let name = text(object, "/metadata/name");
    let wild = |text: &str| text.is_empty() || text.contains(['*', '!', '?', '[', '{']);
    let repositories: Vec<&Value> = items(object, "/spec/sourceRepos").collect();
    if repositories.is_empty() || repositories.iter().any(|repository| repository.as_str().is_none_or(wild)) {
        judge.because("the project takes any repository", AGAIN);
    }
    let namespace = match name {
        "root" => text(object, "/metadata/namespace"),
        // Policies lie in no namespace: it permits nothing in the one that it has to name.
        POLICIES => text(object, "/spec/destinations/0/namespace"),
        name => name.strip_prefix("namespace.").unwrap_or(name),
    };
    let destination = serde_json::json!({"server": IN_CLUSTER, "namespace": namespace});
    if wild(namespace) || !items(object, "/spec/destinations").eq([&destination]) {
        judge.because("the project has another destination than its namespace", AGAIN);
    }
    let (kind_of, in_none): (IsOf, IsOf) = if name == "root" {
        (kinds::of_applications, |_, _| false)
    } else if name == POLICIES {
        (policy::is_kind, policy::is_kind)
    } else if name.starts_with("namespace.") {
        (kinds::of_namespaces, |group, kind| (group, kind) == ("", "Namespace"))
    } else {
        (kinds::of_services, kinds::of_services_in_no_namespace)
    };
    let of = |entry: &Value, is: IsOf| is(text(entry, "/group"), text(entry, "/kind"));
    let mut listed = items(object, "/spec/namespaceResourceWhitelist").peekable();
    // An empty list, and none, let everything in.
    if listed.peek().is_none() || !listed.all(|entry| of(entry, kind_of)) {
        judge.because("the project takes kinds that may not be in it", AGAIN);
    }
    let names = match name.strip_prefix("namespace.") {
        Some(namespace) => namespace.to_owned(),
        None => format!("{name}.*"),
    };
    let is_its_own = |entry: &Value| match name {
        POLICIES => policy::is_named(text(entry, "/group"), text(entry, "/kind"), text(entry, "/name")),
        _ => entry["name"] == *names,
    };
    if !items(object, "/spec/clusterResourceWhitelist").all(|entry| of(entry, in_none) && is_its_own(entry)) {
        judge.because("the project takes what lies in no namespace and is not its own", AGAIN);
    }
}

/// Refuses keys that are never rendered.
fn closed(judge: &mut Judge, object: &Value, at: &str, known: &[&str]) {
    for key in keys(object, at).filter(|key| !known.contains(key)) {
        let path = format!("{}.{key}", at.trim_start_matches('/').replace('/', "."));
        judge.because(format!("{} is never rendered", quoted(&path)), AGAIN);
    }
}
