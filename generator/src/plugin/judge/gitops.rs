//! Projects and Applications: what holds everything else to its place. They are made by the renderer in two forms only, and no value of
//! theirs is free but names, the repository and the branch.

use serde_json::Value;

use super::{AGAIN, Judge, chart, closed, group, items, quoted, text};
use crate::gitops::{IN_CLUSTER, PLUGIN, POLICIES, kinds};
use crate::meta::TIER;
use crate::plugin::part::Part;
use crate::policy;

/// The options of every Application; the first one is for those of charts, whose deletion a person confirms.
const OPTIONS: [&str; 4] = ["Delete=confirm", "FailOnSharedResource=true", "PruneLast=true", "ServerSideApply=true"];

/// Whether a group and a kind are of a list.
type IsOf = fn(&str, &str) -> bool;

pub(super) fn judge(judge: &mut Judge, part: &Part, object: &Value) {
    match (group(object), text(object, "/kind")) {
        ("argoproj.io", "Application") => application(judge, part, object),
        ("argoproj.io", "AppProject") => project(judge, object),
        // It may not be here, which was said.
        _ => {}
    }
}

fn application(judge: &mut Judge, part: &Part, object: &Value) {
    let Part::Applications { owner, cluster } = part else { return };
    closed(judge, object, "/spec", &["project", "source", "sources", "destination", "syncPolicy", "ignoreDifferences"]);
    closed(judge, object, "/spec/destination", &["server", "namespace"]);
    closed(judge, object, "/spec/syncPolicy", &["automated", "syncOptions", "retry"]);
    let spec = &object["spec"];
    // An Application with `sources` reads no `source`: it installs a chart, and only the platform does.
    let is_chart = spec.get("sources").is_some();
    if is_chart && *owner == "platform" && spec.get("source").is_none() {
        chart::application(judge, cluster, object);
    } else if is_chart {
        judge.because("`spec.sources` is never rendered here", AGAIN);
    } else {
        reads(judge, cluster, object, "/spec/source");
    }
    if *owner == "platform" && object["metadata"]["labels"][TIER] != "platform" {
        judge.because(format!("the label `{TIER}: platform` is missing, by which the next stage waits for it"), AGAIN);
    }
    if spec["destination"]["server"] != IN_CLUSTER {
        judge.because("the Application is for another cluster", AGAIN);
    }
    if spec["syncPolicy"]["automated"] != serde_json::json!({"prune": true, "selfHeal": true}) {
        judge.because("the Application does not undo what was changed in the cluster", AGAIN);
    }
    if !items(object, "/spec/syncPolicy/syncOptions").eq(OPTIONS.iter().skip(usize::from(!is_chart))) {
        judge.because("the Application has other options than those that are rendered", AGAIN);
    }
    for ignored in items(object, "/spec/ignoreDifferences") {
        let restarted = ".spec.template.metadata.annotations[\"operator.1password.io/last-restarted\"]";
        if *ignored != serde_json::json!({"group": "apps", "kind": "Deployment", "jqPathExpressions": [restarted]}) {
            judge.because("the Application ignores a difference that it has to undo", AGAIN);
        }
    }
}

/// What lies at a pointer is a source: the Application's own directory, read plainly or through the plugin.
pub(super) fn reads(judge: &mut Judge, cluster: &str, object: &Value, at: &str) {
    closed(judge, object, at, &["repoURL", "targetRevision", "path", "directory", "plugin"]);
    let (name, project) = (text(object, "/metadata/name"), text(object, "/spec/project"));
    let path = text(object, &format!("{at}/path"));
    match Part::of(std::path::Path::new(path)) {
        Some(of) if of.application() == name && of.project() == project && is_below(path, cluster, &of) => {
            if of.namespace().is_some_and(|namespace| text(object, "/spec/destination/namespace") != namespace) {
                judge.because("the Application is of another namespace than its path", AGAIN);
            }
        }
        _ => judge.because(
            format!("the Application {} of project {} may not read {}", quoted(name), quoted(project), quoted(path)),
            AGAIN,
        ),
    }
    let tool = |tool: &str| object.pointer(&format!("{at}/{tool}"));
    let is_known = match (tool("directory"), tool("plugin")) {
        (Some(directory), None) => *directory == serde_json::json!({"include": "*.yaml"}),
        (None, Some(plugin)) => *plugin == serde_json::json!({"name": PLUGIN}),
        _ => false,
    };
    if !is_known {
        judge.because("the Application's source is neither a plain directory nor the plugin", AGAIN);
    }
}

/// Whether a path lies in the cluster's own directory.
fn is_below(path: &str, cluster: &str, part: &Part) -> bool {
    let below = format!("{cluster}/{}", part.directory());
    path.strip_suffix(&below).is_some_and(|above| above.is_empty() || above.ends_with('/'))
}

/// Whether a text is none, or a pattern of Argo CD's.
pub(super) fn wild(text: &str) -> bool {
    text.is_empty() || text.contains(['*', '!', '?', '[', '{'])
}

fn project(judge: &mut Judge, object: &Value) {
    const KEYS: [&str; 5] =
        ["description", "sourceRepos", "destinations", "clusterResourceWhitelist", "namespaceResourceWhitelist"];
    closed(judge, object, "/spec", &KEYS);
    let name = text(object, "/metadata/name");
    let repositories: Vec<&Value> = items(object, "/spec/sourceRepos").collect();
    if repositories.is_empty() || repositories.iter().any(|repository| repository.as_str().is_none_or(wild)) {
        judge.because("the project takes any repository", AGAIN);
    }
    if name.starts_with("chart.") {
        return chart::project(judge, object);
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
