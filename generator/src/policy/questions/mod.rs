//! The questions: one for each rule that Kyverno holds.

mod access;
mod namespaces;
mod network;
mod pods;
mod services;

use std::collections::BTreeSet;

use super::question::Question;
use super::tier::Tier;
use crate::graph::{Graph, Service, VolumeSource};

/// What questions depend on of a cluster's declarations.
#[derive(Debug)]
pub(super) struct Known {
    /// The namespace of Kyverno.
    pub(super) kyverno: String,
    /// The account of Argo CD's application controller, as requests name it.
    pub(super) argocd: String,
    /// The account of the 1Password operator.
    pub(super) one_password: String,
    /// The group of the accounts of cert-manager, and the namespaces in which it makes certificates.
    pub(super) cert_manager: Option<Operator>,
    /// The group of the accounts of CloudNativePG, and the namespaces in which it runs databases.
    pub(super) cloud_native_pg: Option<Operator>,
    /// The accounts whose pods have a token, `namespace/name`.
    pub(super) with_token: BTreeSet<String>,
    /// The databases: label, and the values that it has, each as `namespace/value`.
    pub(super) databases: Option<(String, BTreeSet<String>)>,
    /// The cluster's DNS.
    pub(super) dns: Dns,
}

/// Where names are asked for.
#[derive(Debug)]
pub(super) struct Dns {
    /// The namespace of its pods.
    pub(super) namespace: String,
    /// Their label: key and value.
    pub(super) label: (String, String),
    /// The address of a cache on each node.
    pub(super) node_local: Option<String>,
}

/// An operator that writes in namespaces of services.
#[derive(Debug)]
pub(super) struct Operator {
    pub(super) group: String,
    pub(super) namespaces: BTreeSet<String>,
}

/// The name of the account of Argo CD's application controller, in its manifests and in its chart.
const ARGOCD_CONTROLLER: &str = "argocd-application-controller";

/// An account, as requests name it.
pub(super) fn account(namespace: &str, name: &str) -> String {
    format!("system:serviceaccount:{namespace}:{name}")
}

/// The account of Argo CD's application controller.
pub(super) fn argocd(namespace: &str) -> String {
    account(namespace, ARGOCD_CONTROLLER)
}

impl Operator {
    /// The accounts of a namespace, as far as they write in others.
    pub(super) fn of(home: &str, namespaces: BTreeSet<String>) -> Self {
        Self { group: format!("system:serviceaccounts:{home}"), namespaces }
    }
}

impl Known {
    /// What the graph knows; nothing, if the cluster has no Kyverno.
    pub(super) fn of(graph: &Graph) -> Option<Self> {
        let facts = &graph.cluster;
        let kyverno = facts.kyverno?.to_string();
        let dns = facts.kubernetes.dns;
        let with_certificate = graph.services.values().filter(|service| !service.webhooks.is_empty());
        let with_certificate = with_certificate.map(|service| service.id.namespace.to_string()).collect();
        let with_database = graph.namespaces.iter().filter(|(_, node)| !node.databases.is_empty());
        let with_database = with_database.map(|(namespace, _)| namespace.to_string()).collect();
        let with_token = graph.services.values().filter(|service| has_token(service));
        let mut databases: Option<(String, BTreeSet<String>)> = None;
        for (namespace, node) in &graph.namespaces {
            for database in node.databases.values() {
                let (_, all) = databases.get_or_insert_with(|| (database.label.key().to_owned(), BTreeSet::new()));
                all.insert(format!("{namespace}/{}", database.label.value()));
            }
        }
        Some(Self {
            kyverno,
            argocd: argocd(facts.argocd.namespace.as_str()),
            one_password: account(facts.one_password.namespace.as_str(), facts.one_password.account.as_str()),
            cert_manager: facts.cert_manager.map(|home| Operator::of(home.as_str(), with_certificate)),
            cloud_native_pg: facts.cloud_native_pg.map(|home| Operator::of(home.as_str(), with_database)),
            with_token: with_token.map(|service| service.id.to_string()).collect(),
            databases,
            dns: Dns {
                namespace: dns.namespace.to_string(),
                label: (dns.label.key().to_owned(), dns.label.value().to_owned()),
                node_local: dns.node_local.map(|address| address.to_string()),
            },
        })
    }
}

/// Whether a service's pods have a token of the API server.
fn has_token(service: &Service) -> bool {
    !service.grants.is_empty()
        || service.pod.volumes.values().any(|volume| matches!(volume.source, VolumeSource::Token))
}

/// All questions to a tier.
pub(super) fn of_tier(known: &Known, tier: Tier) -> Vec<Question> {
    let mut questions = pods::questions(known, tier);
    questions.extend(access::questions(known, tier));
    questions.extend(services::questions(tier));
    questions.extend(network::questions(tier));
    questions.extend(namespaces::questions(known, tier));
    questions
}
