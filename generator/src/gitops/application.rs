//! Applications: each applies one directory of the tree, and holds the cluster to it.

use casemate_dsl::word::Name;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;

use super::POLICIES;
use super::project::{FINALIZER, chart_project, namespace_project};
use crate::graph::{ChartNode, Facts, Graph, Kind, Service, Stage, Values};
use crate::manifest::Place;
use crate::meta::{self, Custom};
use crate::{platform, policy};

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
    /// Where an Application has one source.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    /// A chart, and what lies beside it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<ChartOrTree>,
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
    #[serde(flatten)]
    tool: Tool,
}

/// What makes objects of the path.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
enum Tool {
    Directory(Directory),
    Plugin(Named),
}

/// A plugin by its name, without a variable and without a parameter: it refuses both.
#[derive(Debug, Serialize)]
struct Named {
    name: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum ChartOrTree {
    Chart(ChartSource),
    Tree(Source),
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ChartSource {
    #[serde(rename = "repoURL")]
    repo_url: &'static str,
    chart: String,
    target_revision: String,
    helm: Helm,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Helm {
    release_name: String,
    /// The user's text, as it is: it is Helm's to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<&'static str>,
    /// Ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    values_object: Option<serde_json::Value>,
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
    guarded(facts, application)
}

/// An Application that reads its directory through the plugin, if the cluster has one. `root` and `platform` stay plain directories: by
/// way of them Argo CD's own chart, and so the plugin's sidecar, is mended when the plugin says nothing any more.
pub(super) fn guarded(facts: &Facts, mut application: Custom<ApplicationSpec>) -> Custom<ApplicationSpec> {
    if let (Some(_), Some(source)) = (&facts.plugin, &mut application.spec.source) {
        source.tool = Tool::Plugin(Named { name: PLUGIN });
    }
    application
}

/// The Application of a namespace.
pub(super) fn of_namespace(facts: &Facts, namespace: Name, place: &Place) -> Custom<ApplicationSpec> {
    let name = namespace_project(namespace);
    let mut application = application(facts, name.clone(), name, place.directory(), namespace.to_string());
    application.metadata.finalizers = Some(vec![FINALIZER.to_owned()]);
    guarded(facts, application)
}

/// The Application of a namespace of the platform, which is there before its charts.
pub(super) fn of_platform_namespace(facts: &Facts, namespace: Name) -> Custom<ApplicationSpec> {
    let place = Place::of_platform_namespace(facts.name, namespace);
    let mut application = of_namespace(facts, namespace, &place);
    in_order(&mut application, "-5");
    application
}

/// The Application of a chart, in its stage.
pub(super) fn of_chart(graph: &Graph, chart: &ChartNode) -> Custom<ApplicationSpec> {
    let facts = &graph.cluster;
    let place = Place::of_chart(facts.name, chart.namespace, chart.release);
    let name = chart_project(chart.release);
    let namespace = chart.namespace.to_string();
    let mut application = guarded(facts, application(facts, name.clone(), name, place.directory(), namespace));
    application.metadata.finalizers = Some(vec![FINALIZER.to_owned()]);
    let beside = application.spec.source.take().filter(|_| platform::has_beside(graph, chart));
    if beside.is_none() {
        // No file of the repository has a say in it.
        application.metadata.annotations = None;
    }
    let (values, values_object) = match chart.values {
        Values::Unsaid => (None, None),
        Values::Theirs(text) => (Some(text), None),
        Values::Ours(ours) => (None, Some(platform::values(facts, chart, ours))),
    };
    let helm = Helm { release_name: chart.release.to_string(), values, values_object };
    application.spec.sources.push(ChartOrTree::Chart(ChartSource {
        repo_url: chart.repository,
        chart: chart.name.to_string(),
        target_revision: chart.version.clone(),
        helm,
    }));
    application.spec.sources.extend(beside.map(ChartOrTree::Tree));
    // With a chart go its definitions, and with those all that was made of them: a person says so first.
    application.spec.sync_policy.sync_options.insert(0, "Delete=confirm");
    in_order(&mut application, stage(chart.stage));
    application
}

const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Ground => "0",
        Stage::Trust => "10",
        Stage::Mesh => "20",
        Stage::Policy => "30",
        Stage::Rest => "40",
    }
}

/// Puts an Application into the order of the platform: its health counts for those that come later.
fn in_order(application: &mut Custom<ApplicationSpec>, wave: &str) {
    application.metadata.labels.get_or_insert_default().insert(meta::TIER.to_owned(), "platform".to_owned());
    application.metadata.annotations.get_or_insert_default().insert(meta::SYNC_WAVE.to_owned(), wave.to_owned());
}

/// The Application of Kyverno's policies, which lie in no namespace; Kyverno's own is named as its destination. Without a finalizer: its
/// deletion leaves what it owns.
pub(super) fn of_policies(facts: &Facts, home: Name) -> Custom<ApplicationSpec> {
    let place = Place::of_cluster(facts.name, policy::DIRECTORY);
    let name = POLICIES.to_owned();
    guarded(facts, application(facts, name.clone(), name, place.directory(), home.to_string()))
}

/// An Application of Applications. It has no finalizer: its deletion leaves what it owns.
pub(super) fn of_applications(facts: &Facts, name: &str, directory: &str) -> Custom<ApplicationSpec> {
    let place = Place::of_cluster(facts.name, directory);
    let namespace = facts.argocd.namespace.to_string();
    application(facts, name.to_owned(), "root".to_owned(), place.directory(), namespace)
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
            source: Some(Source {
                repo_url: repository(facts),
                target_revision: facts.argocd.branch.as_str(),
                path,
                tool: Tool::Directory(Directory { include: "*.yaml" }),
            }),
            sources: Vec::new(),
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
