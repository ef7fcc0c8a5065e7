//! Placement: what the scheduler and the node are told of a pod.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::Spread;
use casemate_dsl::view::TaintEffect;
use casemate_dsl::word::NodeLabel;
use k8s_openapi::api::core::v1::{
    Affinity, HostAlias, NodeAffinity, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, PodAffinity,
    PodAffinityTerm, PodAntiAffinity, PodDNSConfig, PodDNSConfigOption, PodSpec, PreferredSchedulingTerm, Toleration,
    TopologySpreadConstraint, WeightedPodAffinityTerm,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::container::non_empty;
use crate::graph::{Id, Placement, Service};
use crate::meta;

const HOSTNAME: &str = "kubernetes.io/hostname";
const ZONE: &str = "topology.kubernetes.io/zone";

/// The heaviest weight of what is only preferred.
const PREFERRED: i32 = 100;

/// A pod that is placed, and says nothing else yet.
pub(super) fn placed(service: &Service) -> PodSpec {
    let Placement {
        nodes,
        any_of_key,
        preferred_nodes,
        tolerations,
        spread,
        near,
        apart_from,
        priority,
        runtime,
        user_namespace,
        host_aliases,
        ndots,
        hostname,
    } = &service.placement;
    let one_per_node = *spread == Some(Spread::OnePerNode);
    let affinity = Affinity {
        node_affinity: (!preferred_nodes.is_empty() || !any_of_key.is_empty()).then(|| NodeAffinity {
            preferred_during_scheduling_ignored_during_execution: non_empty(
                preferred_nodes.iter().map(preferred).collect(),
            ),
            required_during_scheduling_ignored_during_execution: required(any_of_key),
        }),
        pod_affinity: (!near.is_empty()).then(|| PodAffinity {
            preferred_during_scheduling_ignored_during_execution: Some(weighted(service.id, near)),
            required_during_scheduling_ignored_during_execution: None,
        }),
        pod_anti_affinity: (one_per_node || !apart_from.is_empty()).then(|| PodAntiAffinity {
            preferred_during_scheduling_ignored_during_execution: non_empty(weighted(service.id, apart_from)),
            required_during_scheduling_ignored_during_execution: one_per_node
                .then(|| vec![term(service.id, service.id)]),
        }),
    };
    PodSpec {
        node_selector: Some(map(nodes)).filter(|nodes| !nodes.is_empty()),
        affinity: Some(affinity).filter(|affinity| *affinity != Affinity::default()),
        tolerations: non_empty(tolerations.iter().map(|(label, effect)| toleration(*label, *effect)).collect()),
        topology_spread_constraints: spread.and_then(|spread| constraint(service.id, spread)).map(|one| vec![one]),
        priority_class_name: priority.map(|class| class.to_string()),
        runtime_class_name: runtime.map(|class| class.to_string()),
        host_users: user_namespace.then_some(false),
        host_aliases: non_empty(
            host_aliases
                .iter()
                .map(|(address, hosts)| HostAlias {
                    ip: address.to_string(),
                    hostnames: Some(hosts.iter().map(ToString::to_string).collect()),
                })
                .collect(),
        ),
        dns_config: ndots.map(|dots| PodDNSConfig {
            options: Some(vec![PodDNSConfigOption { name: Some("ndots".to_owned()), value: Some(dots.to_string()) }]),
            ..PodDNSConfig::default()
        }),
        hostname: hostname.map(|name| name.to_string()),
        ..PodSpec::default()
    }
}

fn map(labels: &BTreeMap<&str, &str>) -> BTreeMap<String, String> {
    labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// Labels of any value, all of them: terms would be alternatives. A `nodeSelector` cannot say it.
fn required(keys: &BTreeSet<&str>) -> Option<NodeSelector> {
    let exists =
        |key: &&str| NodeSelectorRequirement { key: (*key).to_owned(), operator: "Exists".to_owned(), values: None };
    let match_expressions = non_empty(keys.iter().map(exists).collect())?;
    Some(NodeSelector {
        node_selector_terms: vec![NodeSelectorTerm { match_expressions: Some(match_expressions), match_fields: None }],
    })
}

fn preferred(label: &NodeLabel) -> PreferredSchedulingTerm {
    PreferredSchedulingTerm {
        weight: PREFERRED,
        preference: NodeSelectorTerm {
            match_expressions: Some(vec![NodeSelectorRequirement {
                key: label.key().to_owned(),
                operator: if label.value().is_some() { "In" } else { "Exists" }.to_owned(),
                values: label.value().map(|value| vec![value.to_owned()]),
            }]),
            match_fields: None,
        },
    }
}

fn weighted<'a>(of: Id, others: impl IntoIterator<Item = &'a Id>) -> Vec<WeightedPodAffinityTerm> {
    others
        .into_iter()
        .map(|other| WeightedPodAffinityTerm { weight: PREFERRED, pod_affinity_term: term(of, *other) })
        .collect()
}

/// The nodes on which the pods of `other` run, as the pods of `of` see them.
fn term(of: Id, other: Id) -> PodAffinityTerm {
    PodAffinityTerm {
        topology_key: HOSTNAME.to_owned(),
        label_selector: Some(meta::selector(other)),
        namespace_selector: (of.namespace != other.namespace).then(|| LabelSelector {
            match_labels: Some(BTreeMap::from([(
                "kubernetes.io/metadata.name".to_owned(),
                other.namespace.to_string(),
            )])),
            ..LabelSelector::default()
        }),
        ..PodAffinityTerm::default()
    }
}

fn toleration(label: NodeLabel, effect: TaintEffect) -> Toleration {
    let effect = match effect {
        TaintEffect::NoSchedule => "NoSchedule",
        TaintEffect::PreferNoSchedule => "PreferNoSchedule",
        TaintEffect::NoExecute => "NoExecute",
    };
    Toleration {
        key: Some(label.key().to_owned()),
        operator: Some(if label.value().is_some() { "Equal" } else { "Exists" }.to_owned()),
        // The API server drops an empty one, which Argo CD would take for a difference.
        value: label.value().filter(|value| !value.is_empty()).map(ToOwned::to_owned),
        effect: Some(effect.to_owned()),
        toleration_seconds: None,
    }
}

/// Several pods of one service stand on several nodes, or in several zones.
fn constraint(id: Id, spread: Spread) -> Option<TopologySpreadConstraint> {
    let (topology_key, when_unsatisfiable) = match spread {
        Spread::Nodes => (HOSTNAME, "ScheduleAnyway"),
        Spread::NodesStrictly => (HOSTNAME, "DoNotSchedule"),
        Spread::Zones => (ZONE, "ScheduleAnyway"),
        Spread::ZonesStrictly => (ZONE, "DoNotSchedule"),
        Spread::OnePerNode => return None,
    };
    Some(TopologySpreadConstraint {
        max_skew: 1,
        topology_key: topology_key.to_owned(),
        when_unsatisfiable: when_unsatisfiable.to_owned(),
        label_selector: Some(meta::selector(id)),
        ..TopologySpreadConstraint::default()
    })
}
