//! Applications: each applies one directory of the tree, and holds the cluster to it.

use casemate_dsl::word::Namespace;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;

use super::project::{FINALIZER, namespace_project};
use crate::graph::{Facts, Kind, Service};
use crate::manifest::Place;
use crate::meta::{self, Custom};

/// The cluster that Argo CD runs in.
pub(crate) const IN_CLUSTER: &str = "https://kubernetes.default.svc";

/// The name under which Applications ask for the config management plugin.
pub(crate) const PLUGIN: &str = "casemate";

/// The repository of a cluster.
pub(super) const fn repository(facts: &Facts) -> &'static str {
    facts.argocd.repository.as_str()
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ApplicationSpec {
    project: String,
    source: Source,
    destination: Destination,
    sync_policy: SyncPolicy,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ignore_differences: Vec<IgnoreDifference>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Source {
    #[serde(rename = "repoURL")]
    repo_url: &'static str,
    target_revision: &'static str,
    path: String,
    directory: Directory,
}

/// Named outright: left out, Argo CD would guess the tool from the files that it finds.
#[derive(Debug, Serialize)]
struct Directory {
    include: &'static str,
}

#[derive(Debug, Serialize)]
struct Destination {
    server: &'static str,
    namespace: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SyncPolicy {
    automated: Automated,
    sync_options: Vec<&'static str>,
    retry: Retry,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Automated {
    prune: bool,
    self_heal: bool,
}

/// For ever: the first sync may happen before definitions, namespaces or secrets exist, and Argo CD tries a failed revision no
/// second time by itself.
#[derive(Debug, Serialize)]
struct Retry {
    limit: i8,
    /// Each try is of the newest revision: otherwise a commit that mends the failed one would wait for ever.
    refresh: bool,
    backoff: Backoff,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Backoff {
    duration: &'static str,
    factor: u8,
    max_duration: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct IgnoreDifference {
    group: &'static str,
    kind: &'static str,
    jq_path_expressions: [&'static str; 1],
}

/// The Application of a service.
pub(super) fn of_service(facts: &Facts, service: &Service) -> Custom<ApplicationSpec> {
    let id = service.id;
    let place = Place::of_service(facts.name, id);
    let mut application =
        application(facts, id.dotted(), id.namespace.to_string(), place.directory(), id.namespace.to_string());
    application.metadata.finalizers = Some(vec![FINALIZER.to_owned()]);
    if matches!(service.kind, Kind::Deployment { .. }) && !service.items.is_empty() {
        // The operator's restart after a rotation: undoing it would undo the rotation.
        application.spec.ignore_differences.push(IgnoreDifference {
            group: "apps",
            kind: "Deployment",
            jq_path_expressions: [".spec.template.metadata.annotations[\"operator.1password.io/last-restarted\"]"],
        });
    }
    application
}

/// The Application of a namespace.
pub(super) fn of_namespace(facts: &Facts, namespace: Namespace) -> Custom<ApplicationSpec> {
    let place = Place::of_namespace(facts.name, namespace);
    let name = namespace_project(namespace);
    let mut application = application(facts, name.clone(), name, place.directory(), namespace.to_string());
    application.metadata.finalizers = Some(vec![FINALIZER.to_owned()]);
    application
}

/// An Application of Applications. It has no finalizer: its deletion leaves what it owns.
pub(super) fn of_applications(facts: &Facts, name: &str, directory: &str) -> Custom<ApplicationSpec> {
    let place = Place::of_cluster(facts.name, directory);
    application(facts, name.to_owned(), "root".to_owned(), place.directory(), facts.argocd.namespace.to_string())
}

fn application(
    facts: &Facts,
    name: String,
    project: String,
    directory: &str,
    namespace: String,
) -> Custom<ApplicationSpec> {
    let path = format!("{}/{directory}", facts.argocd.directory.as_str().trim_start_matches('/'));
    let path = path.trim_start_matches('/').to_owned();
    Custom {
        api_version: "argoproj.io/v1alpha1",
        kind: "Application",
        metadata: ObjectMeta {
            name: Some(name),
            namespace: Some(facts.argocd.namespace.to_string()),
            labels: Some(meta::managed_by_casemate()),
            annotations: Some(
                // Argo CD renders the Application again only when something below this path changed.
                [("argocd.argoproj.io/manifest-generate-paths".to_owned(), format!("/{path}"))].into(),
            ),
            ..ObjectMeta::default()
        },
        spec: ApplicationSpec {
            project,
            source: Source {
                repo_url: repository(facts),
                target_revision: facts.argocd.branch.as_str(),
                path,
                directory: Directory { include: "*.yaml" },
            },
            destination: Destination { server: IN_CLUSTER, namespace },
            sync_policy: SyncPolicy {
                automated: Automated { prune: true, self_heal: true },
                sync_options: vec!["FailOnSharedResource=true", "PruneLast=true", "ServerSideApply=true"],
                retry: Retry {
                    limit: -1,
                    refresh: true,
                    backoff: Backoff { duration: "10s", factor: 2, max_duration: "3m" },
                },
            },
            ignore_differences: Vec::new(),
        },
    }
}
