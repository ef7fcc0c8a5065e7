//! Databases that an operator runs among services: shut like a service, and open to those that call them.

use std::collections::BTreeMap;

use casemate_dsl::word::{Name, Namespace};
use k8s_openapi::api::networking::v1::{
    NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::edges::CallerOf;
use super::rule::{both, egress, ingress, label, pods_of, tcp};
use crate::graph::{DatabaseNode, Facts, POSTGRES};

/// Where the operator asks an instance how it is. *CloudNativePG: Networking*.
pub(crate) const STATUS: u16 = 8000;

/// The label of the operator's pods, in its chart and in its manifest.
pub(crate) const OPERATOR: (&str, &str) = ("app.kubernetes.io/name", "cloudnative-pg");

/// The policies of a database, by their names. Its pods are not in the mesh: they take connections on their own ports.
pub(super) fn policies(
    facts: &Facts,
    namespace: Namespace,
    name: Name,
    database: &DatabaseNode,
) -> Vec<(String, NetworkPolicySpec)> {
    let DatabaseNode { label: marked, services, callers } = database;
    let labels = BTreeMap::from([label(*marked)]);
    let pods = || Some(LabelSelector { match_labels: Some(labels.clone()), ..LabelSelector::default() });
    let from = |peers: Vec<NetworkPolicyPeer>, port: u16| {
        ingress(pods(), vec![NetworkPolicyIngressRule { from: Some(peers), ports: Some(vec![tcp(port)]) }])
    };
    let instances = || pods_of(namespace.as_str(), labels.clone());
    let shut = NetworkPolicySpec { pod_selector: pods(), policy_types: Some(both()), ..NetworkPolicySpec::default() };
    let replicated = NetworkPolicyEgressRule { to: Some(vec![instances()]), ports: Some(vec![tcp(POSTGRES)]) };
    let mut policies = vec![
        (name.to_string(), shut),
        (format!("{name}-to-apiserver"), egress(pods(), super::api_servers(facts))),
        (format!("{name}-to-{namespace}.{name}"), egress(pods(), vec![replicated])),
        (format!("{name}-from-{namespace}.{name}"), from(vec![instances()], POSTGRES)),
    ];
    policies.extend(facts.cloud_native_pg.map(|home| {
        let (key, value) = OPERATOR;
        let operator = pods_of(home.as_str(), BTreeMap::from([(key.to_owned(), value.to_owned())]));
        (format!("{name}-from-{home}.{value}"), from(vec![operator], STATUS))
    }));
    let services = services.iter().map(|id| CallerOf::Service(*id));
    for caller in services.chain(callers.iter().map(CallerOf::Peer)) {
        policies.push((format!("{name}-from-{}", caller.name()), from(caller.pods(facts), POSTGRES)));
    }
    policies
}
