//! Projects: what an Application may create, and where.
//!
//! Kinds are all that Casemate can render for the tier, *not* those in use today: Argo CD skips live objects whose kind has left the
//! list, so that a revoked RoleBinding would live on. `Secret` is among them for a chart that says why, and nothing is `*`.

use casemate_dsl::word::{Name, Namespace};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;

use super::POLICIES;
use super::application::{IN_CLUSTER, repository};
use crate::graph::{ChartNode, Facts, Graph};
use crate::meta::{self, Custom, Treatment, Wave};
use crate::{platform, policy};

/// The finalizer that keeps a project for as long as an Application names it, and an Application for as long as its objects live.
pub(crate) const FINALIZER: &str = "resources-finalizer.argocd.argoproj.io";

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AppProjectSpec {
    description: String,
    source_repos: Vec<&'static str>,
    destinations: [Destination; 1],
    /// Left out means none.
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster_resource_whitelist: Option<Vec<ClusterKind>>,
    /// Left out, and empty once it was read and written again, means all: it always has entries.
    namespace_resource_whitelist: Vec<KindOf>,
}

#[derive(Debug, Serialize)]
struct Destination {
    server: &'static str,
    namespace: String,
}

#[derive(Debug, Serialize)]
struct ClusterKind {
    group: &'static str,
    kind: &'static str,
    /// The only one of this kind, or a pattern. Where it is left out Argo CD allows all of them: it never is.
    name: String,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct KindOf {
    group: &'static str,
    kind: &'static str,
}

const fn kind(group: &'static str, kind: &'static str) -> KindOf {
    KindOf { group, kind }
}

/// What a service can consist of.
const OF_SERVICES: &[KindOf] = &[
    kind("", "ConfigMap"),
    kind("", "PersistentVolumeClaim"),
    kind("", "Service"),
    kind("", "ServiceAccount"),
    kind("apps", "DaemonSet"),
    kind("apps", "Deployment"),
    kind("apps", "StatefulSet"),
    kind("autoscaling", "HorizontalPodAutoscaler"),
    kind("batch", "CronJob"),
    kind("batch", "Job"),
    kind("cert-manager.io", "Certificate"),
    kind("cert-manager.io", "Issuer"),
    kind("networking.k8s.io", "NetworkPolicy"),
    kind("onepassword.com", "OnePasswordItem"),
    kind("policy", "PodDisruptionBudget"),
    kind("policy.linkerd.io", "AuthorizationPolicy"),
    kind("policy.linkerd.io", "MeshTLSAuthentication"),
    kind("policy.linkerd.io", "NetworkAuthentication"),
    kind("policy.linkerd.io", "Server"),
    kind("rbac.authorization.k8s.io", "Role"),
    kind("rbac.authorization.k8s.io", "RoleBinding"),
];

/// What a service can have that lies in no namespace: what it reads of the whole cluster, and what the API server asks of it.
const OF_SERVICES_IN_NO_NAMESPACE: &[KindOf] = &[
    kind("admissionregistration.k8s.io", "MutatingWebhookConfiguration"),
    kind("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
    kind("rbac.authorization.k8s.io", "ClusterRole"),
    kind("rbac.authorization.k8s.io", "ClusterRoleBinding"),
];

/// What the tunnel has beside: DNS records, which no service can write.
static OF_PERIMETER: KindOf = kind("externaldns.k8s.io", "DNSEndpoint");

/// What a namespace can hold for its services.
const OF_NAMESPACES: &[KindOf] = &[
    kind("", "LimitRange"),
    kind("", "PersistentVolumeClaim"),
    kind("", "ResourceQuota"),
    kind("gateway.networking.k8s.io", "HTTPRoute"),
    kind("gateway.networking.k8s.io", "TCPRoute"),
    kind("gateway.networking.k8s.io", "TLSRoute"),
    kind("networking.k8s.io", "NetworkPolicy"),
    kind("onepassword.com", "OnePasswordItem"),
    kind("policy.linkerd.io", "AuthorizationPolicy"),
    kind("policy.linkerd.io", "EgressNetwork"),
    kind("policy.linkerd.io", "MeshTLSAuthentication"),
    kind("policy.linkerd.io", "NetworkAuthentication"),
    kind("policy.linkerd.io", "Server"),
];

/// What the root Applications consist of.
const OF_ROOT: &[KindOf] = &[kind("argoproj.io", "AppProject"), kind("argoproj.io", "Application")];

/// The lists again, for those who hold a committed tree to them.
pub(crate) mod kinds {
    use super::{KindOf, OF_NAMESPACES, OF_PERIMETER, OF_ROOT, OF_SERVICES, OF_SERVICES_IN_NO_NAMESPACE};

    fn lists(mut kinds: impl Iterator<Item = &'static KindOf>, group: &str, kind: &str) -> bool {
        kinds.any(|of| of.group == group && of.kind == kind)
    }

    /// Whether a service can have an object of this kind in its namespace.
    pub(crate) fn of_services(group: &str, kind: &str) -> bool {
        lists(OF_SERVICES.iter().chain([&OF_PERIMETER]), group, kind)
    }

    /// Whether a service can have an object of this kind in no namespace.
    pub(crate) fn of_services_in_no_namespace(group: &str, kind: &str) -> bool {
        lists(OF_SERVICES_IN_NO_NAMESPACE.iter(), group, kind)
    }

    /// Whether a namespace can hold an object of this kind for its services.
    pub(crate) fn of_namespaces(group: &str, kind: &str) -> bool {
        lists(OF_NAMESPACES.iter(), group, kind)
    }

    /// Whether Applications of Applications consist of this kind.
    pub(crate) fn of_applications(group: &str, kind: &str) -> bool {
        lists(OF_ROOT.iter(), group, kind)
    }
}

/// The project of the root Applications.
pub(super) fn root(facts: &Facts) -> Custom<AppProjectSpec> {
    let description = format!("Projects and Applications of cluster {}", facts.name);
    let namespace = facts.argocd.namespace.to_string();
    project(facts, "root".to_owned(), description, vec![repository(facts)], namespace, None, OF_ROOT.to_vec())
}

/// The project of a namespace's services.
pub(super) fn of_services(graph: &Graph, namespace: Namespace) -> Custom<AppProjectSpec> {
    let facts = &graph.cluster;
    let mut kinds = OF_SERVICES.to_vec();
    if graph.perimeter.as_ref().is_some_and(|perimeter| perimeter.id.namespace == namespace) {
        kinds.push(OF_PERIMETER);
        kinds.sort_by_key(|kind| (kind.group, kind.kind));
    }
    let description = format!("Services in namespace {namespace}");
    let in_none = OF_SERVICES_IN_NO_NAMESPACE.iter();
    let of_this_namespace = |kind: &KindOf| {
        let KindOf { group, kind } = *kind;
        ClusterKind { group, kind, name: meta::cluster_names(namespace) }
    };
    let in_none = in_none.map(of_this_namespace).collect();
    let (name, from) = (namespace.to_string(), vec![repository(facts)]);
    project(facts, name, description, from, namespace.to_string(), Some(in_none), kinds)
}

/// The project of a namespace itself: the only one that may touch it.
pub(super) fn of_namespace(facts: &Facts, namespace: Name) -> Custom<AppProjectSpec> {
    let cluster = ClusterKind { group: "", kind: "Namespace", name: namespace.to_string() };
    let description = format!("Namespace {namespace}, and what shuts it");
    let name = namespace_project(namespace);
    let from = vec![repository(facts)];
    project(facts, name, description, from, namespace.to_string(), Some(vec![cluster]), OF_NAMESPACES.to_vec())
}

/// The project of a chart: what it may create is declared, or known of one of ours.
pub(super) fn of_chart(graph: &Graph, chart: &ChartNode) -> Custom<AppProjectSpec> {
    let facts = &graph.cluster;
    let mut from = vec![chart.repository];
    let mut kinds: Vec<KindOf> = chart.kinds.iter().map(|(group, kind)| KindOf { group, kind }).collect();
    if platform::has_beside(graph, chart) {
        from.push(repository(facts));
    }
    if !chart.items.is_empty() {
        kinds.push(kind("onepassword.com", "OnePasswordItem"));
    }
    kinds.sort_by_key(|kind| (kind.group, kind.kind));
    let in_none: Vec<ClusterKind> = chart
        .cluster_kinds
        .iter()
        .map(|(group, kind, names)| ClusterKind { group, kind, name: (*names).to_owned() })
        .collect();
    let description = format!("Chart {}, in namespace {}", chart.name, chart.namespace);
    let in_none = Some(in_none).filter(|kinds| !kinds.is_empty());
    let name = chart_project(chart.release);
    let mut project = project(facts, name, description, from, chart.namespace.to_string(), in_none, kinds);
    if let Some(reason) = chart.secrets {
        let annotations = project.metadata.annotations.get_or_insert_default();
        annotations.insert(meta::DESCRIPTION.to_owned(), format!("makes Secrets: {reason}"));
    }
    project
}

/// The name of the project, and of the Application, of a chart. No service's is like it: no namespace is named `chart`.
pub(crate) fn chart_project(release: Name) -> String {
    format!("chart.{release}")
}

/// The project of Kyverno's policies: those that there can be, by their names. They lie in no namespace, so that what it permits in one
/// is nothing, said by a kind that is in none.
pub(super) fn of_policies(facts: &Facts, home: Name) -> Custom<AppProjectSpec> {
    let cluster =
        policy::names().into_iter().map(|(kind, name)| ClusterKind { group: policy::GROUP, kind, name }).collect();
    let description = format!("Kyverno's policies of cluster {}", facts.name);
    let in_namespaces = vec![kind(policy::GROUP, "ValidatingPolicy")];
    let from = vec![repository(facts)];
    project(facts, POLICIES.to_owned(), description, from, home.to_string(), Some(cluster), in_namespaces)
}

/// The name of the project, and of the Application, of a namespace. No service's is like it: no namespace is named `namespace`.
pub(super) fn namespace_project(namespace: Name) -> String {
    format!("namespace.{namespace}")
}

fn project(
    facts: &Facts,
    name: String,
    description: String,
    source_repos: Vec<&'static str>,
    namespace: String,
    cluster_resource_whitelist: Option<Vec<ClusterKind>>,
    namespace_resource_whitelist: Vec<KindOf>,
) -> Custom<AppProjectSpec> {
    Custom {
        api_version: "argoproj.io/v1alpha1",
        kind: "AppProject",
        metadata: ObjectMeta {
            name: Some(name),
            namespace: Some(facts.argocd.namespace.to_string()),
            labels: Some(meta::managed_by_casemate()),
            annotations: Some(meta::annotations(Wave::Foundation, Treatment::Plain)),
            finalizers: Some(vec![FINALIZER.to_owned()]),
            ..ObjectMeta::default()
        },
        spec: AppProjectSpec {
            description,
            source_repos,
            destinations: [Destination { server: IN_CLUSTER, namespace }],
            cluster_resource_whitelist,
            namespace_resource_whitelist,
        },
    }
}
