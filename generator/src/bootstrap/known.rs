//! What the script says of a cluster: all of it comes from the declaration.

use casemate_dsl::GatewayApi;
use casemate_dsl::word::Cidr;
use serde::Serialize;

use super::{objects, one_password};
use crate::gitops;
use crate::graph::{ChartNode, Facts, Graph, OurValues, Values};
use crate::manifest::Place;
use crate::{platform, yaml};

/// A cluster, as the templates name it.
#[derive(Debug, Serialize)]
pub(super) struct Known {
    cluster: String,
    repository: String,
    branch: String,
    /// The tree of the cluster in the checkout.
    tree: String,
    /// The steps, with a blank between them.
    steps: String,
    /// Whether anything is installed by Helm.
    helm: bool,
    /// Whether anything of the platform comes by GitOps.
    platform: bool,
    /// The minor version of Kubernetes.
    minor: u32,
    nodes: u16,
    dns: Dns,
    networks: Networks,
    /// Where the API server listens, in order, with a blank between them.
    api_servers: String,
    /// Whether Linkerd's network plugin has to live beside that of the cluster.
    cilium_matters: bool,
    /// Which Gateway API is declared.
    gateway: &'static str,
    /// The file of Argo CD's namespace, if it is rendered.
    namespace_file: Option<String>,
    pub(super) one_password: Option<OnePassword>,
    argocd: ArgoCd,
    kyverno: Option<Kyverno>,
}

#[derive(Debug, Serialize)]
struct Dns {
    namespace: String,
    label: String,
}

#[derive(Debug, Serialize)]
struct Networks {
    pods: String,
    services: String,
    nodes: String,
    /// The address that the API server's own Service has.
    first_service: String,
}

#[derive(Debug, Serialize)]
pub(super) struct OnePassword {
    namespace: &'static str,
    namespace_object: String,
    release: &'static str,
    chart: &'static str,
    repository: &'static str,
    version: &'static str,
    values: String,
    values_json: String,
    credentials: one_password::Given,
    token: one_password::Given,
}

/// Argo CD. Without a chart it is somebody else's to install.
#[derive(Debug, Serialize)]
struct ArgoCd {
    namespace: String,
    chart: Option<String>,
    release: String,
    application: String,
    repository: String,
    version: String,
    values: String,
    /// The directory of what lies beside its chart.
    beside: Option<String>,
}

#[derive(Debug, Serialize)]
struct Kyverno {
    namespace: String,
    marker: &'static str,
    shut: String,
}

impl Known {
    pub(super) fn of(graph: &Graph) -> Self {
        let facts = &graph.cluster;
        let Facts { name, kubernetes, linkerd, argocd, .. } = facts;
        let one_password = has_items(graph).then(|| of_one_password(facts));
        let chart = |ours: fn(&OurValues) -> bool| {
            graph.platform.charts.values().find(|chart| matches!(&chart.values, Values::Ours(values) if ours(values)))
        };
        let own = chart(|values| matches!(values, OurValues::ArgoCd));
        let kyverno = facts.kyverno.map(|namespace| Kyverno {
            namespace: namespace.to_string(),
            marker: objects::MARKER,
            shut: objects::shut(facts),
        });
        let mut steps = vec!["check", "namespaces"];
        if one_password.is_some() {
            steps.extend(["credentials", "token", "onepassword"]);
        }
        steps.extend(["argocd", "root", "gitops"]);
        let mut servers: Vec<&str> = kubernetes.api_servers.iter().map(|(address, _)| address.as_str()).collect();
        servers.sort_unstable();
        servers.dedup();
        Self {
            cluster: name.to_string(),
            repository: argocd.repository.to_string(),
            branch: argocd.branch.to_string(),
            tree: format!("{}/{name}", argocd.directory.as_str().trim_matches('/')).trim_start_matches('/').to_owned(),
            steps: steps.join(" "),
            helm: one_password.is_some() || own.is_some(),
            platform: !graph.platform.charts.is_empty(),
            minor: kubernetes.version.minor(),
            nodes: kubernetes.nodes,
            dns: Dns {
                namespace: kubernetes.dns.namespace.to_string(),
                label: format!("{}={}", kubernetes.dns.label.key(), kubernetes.dns.label.value()),
            },
            networks: Networks {
                pods: kubernetes.networks.pods.to_string(),
                services: kubernetes.networks.services.to_string(),
                nodes: kubernetes.networks.nodes.to_string(),
                first_service: first_address(kubernetes.networks.services),
            },
            api_servers: servers.join(" "),
            cilium_matters: chart(|values| matches!(values, OurValues::LinkerdCni)).is_some(),
            gateway: match linkerd.gateway_api {
                GatewayApi::LinkerdChart => "chart",
                GatewayApi::Experimental => "experimental",
                GatewayApi::StandardWithChartRoutes => "standard",
            },
            namespace_file: own.map(|chart| {
                let place = Place::of_platform_namespace(*name, chart.namespace);
                format!("{}/namespace-{}.yaml", within(facts, &place), chart.namespace)
            }),
            one_password,
            argocd: of_argocd(graph, own),
            kyverno,
        }
    }
}

/// Whether any Secret comes from 1Password.
fn has_items(graph: &Graph) -> bool {
    graph.services.values().any(|service| !service.items.is_empty())
        || graph.namespaces.values().any(|namespace| !namespace.pulls.is_empty())
        || graph.platform.charts.values().any(|chart| !chart.items.is_empty())
}

#[expect(clippy::expect_used, reason = "the values are a tree of strings and booleans: each has a YAML form")]
fn of_one_password(facts: &Facts) -> OnePassword {
    let casemate_dsl::OnePassword { namespace, account } = facts.one_password;
    let values = one_password::values(account);
    OnePassword {
        namespace: namespace.as_str(),
        namespace_object: objects::operator_namespace(facts, namespace.as_str()),
        release: one_password::CHART,
        chart: one_password::CHART,
        repository: one_password::REPOSITORY,
        version: one_password::VERSION,
        values: yaml::to_yaml(&values).expect("values have a YAML form"),
        values_json: values.to_string(),
        credentials: one_password::CREDENTIALS,
        token: one_password::TOKEN,
    }
}

#[expect(clippy::expect_used, reason = "the values are a tree of strings and booleans: each has a YAML form")]
fn of_argocd(graph: &Graph, own: Option<&ChartNode>) -> ArgoCd {
    let facts = &graph.cluster;
    let nothing = || ArgoCd {
        namespace: facts.argocd.namespace.to_string(),
        chart: None,
        release: String::new(),
        application: String::new(),
        repository: String::new(),
        version: String::new(),
        values: String::new(),
        beside: None,
    };
    own.map_or_else(nothing, |chart| ArgoCd {
        namespace: chart.namespace.to_string(),
        chart: Some(chart.name.to_string()),
        release: chart.release.to_string(),
        application: gitops::chart_project(chart.release),
        repository: chart.repository.to_owned(),
        version: chart.version.clone(),
        values: yaml::to_yaml(&platform::values(facts, chart, OurValues::ArgoCd)).expect("values have a YAML form"),
        beside: platform::has_beside(graph, chart)
            .then(|| within(facts, &Place::of_chart(facts.name, chart.namespace, chart.release))),
    })
}

/// A directory within the tree of its cluster.
fn within(facts: &Facts, place: &Place) -> String {
    let directory = place.directory();
    directory.strip_prefix(facts.name.as_str()).map_or(directory, |rest| rest.trim_start_matches('/')).to_owned()
}

/// The first address of a network: that of the API server in the network of Services.
fn first_address(network: Cidr) -> String {
    let address = network.as_str().split('/').next().unwrap_or_default();
    let octets: Vec<u32> = address.split('.').filter_map(|octet| octet.parse().ok()).collect();
    let first = octets.iter().fold(0_u32, |number, octet| (number << 8) | octet) + 1;
    std::net::Ipv4Addr::from(first).to_string()
}
