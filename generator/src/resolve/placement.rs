//! Placement: on nodes, taints, classes and neighbours that there are.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use casemate_dsl::Identity;
use casemate_dsl::said::{Place, Said, Setting};
use casemate_dsl::view::{self, HostAlias, Taint};
use casemate_dsl::word::{NodeLabel, PriorityClass, RuntimeClass};

use super::finding::Findings;
use super::service::Resolved;
use crate::graph::{Facts, Id, Kind, Placement, Scale};

/// The most dots that a resolver counts, *resolv.conf(5)*.
const MOST_DOTS: u16 = 15;

/// The classes that a cluster has.
#[derive(Debug)]
pub(super) struct Classes {
    pub(super) priority: BTreeSet<PriorityClass>,
    pub(super) runtime: BTreeSet<RuntimeClass>,
}

/// Where the pods of a service run, and the neighbours that it names.
pub(super) fn placement(
    findings: &mut Findings,
    facts: &Facts,
    classes: &Classes,
    id: Id,
    kind: Kind,
    declared: view::Placement,
) -> (Placement, Vec<(Id, Place)>) {
    let view::Placement {
        nodes,
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
        seal: _,
    } = declared;
    let (nodes, any_of_key) = selected(findings, id, nodes);
    let mut placement = Placement { nodes, any_of_key, ..Placement::default() };
    placement.preferred_nodes = preferred_nodes.into_iter().map(|said| said.what).collect();
    placement.tolerations =
        tolerations.into_iter().map(|Said { what: Taint { label, effect, seal: _ }, at: _ }| (label, effect)).collect();

    let most = kind.scale().map(Scale::most);
    placement.spread = match findings.once(id, "how its pods are spread", spread) {
        Some(said) => {
            if most.is_none_or(|most| most < 2) {
                let wrong = "there are no several pods to spread";
                findings.add(id, said.at, wrong, "say `.replicas(2)` or more, or leave `.spread(..)` out");
            }
            Some(said.what)
        }
        None => most.filter(|most| *most > 1).map(|_| casemate_dsl::Spread::Nodes),
    };

    placement.priority = class(findings, id, "priority class", "priority_class", &classes.priority, priority);
    placement.runtime = class(findings, id, "runtime class", "runtime_class", &classes.runtime, runtime);
    // On by default since Kubernetes 1.33, *User Namespaces*, and no older one is rendered for.
    placement.user_namespace = findings.once(id, "that it runs in a user namespace", user_namespace).is_some();
    if let Some(said) = findings.once(id, "the number of dots", ndots) {
        if said.what > MOST_DOTS {
            let wrong = format!("a resolver counts at most {MOST_DOTS} dots, not {}", said.what);
            findings.add(
                id,
                said.at,
                wrong,
                "say `.ndots(1)` for a service that asks for names outside of the cluster",
            );
        }
        placement.ndots = Some(said.what);
    }
    if let Some(said) = findings.once(id, "the hostname of its pods", hostname) {
        if matches!(kind, Kind::StatefulSet { .. }) {
            let wrong = "the pods of a StatefulSet have hostnames: its name and their numbers";
            findings.add(id, said.at, wrong, "leave `.hostname(..)` out");
        }
        placement.hostname = Some(said.what);
    }
    add_aliases(findings, facts, id, &mut placement, host_aliases);

    let mut neighbours = Vec::new();
    for (said, set) in [(near, &mut placement.near), (apart_from, &mut placement.apart_from)] {
        for Said { what, at } in said {
            let other = of(what);
            neighbours.push((other, at));
            set.insert(other);
        }
    }
    if let Some((other, at)) =
        neighbours.iter().find(|(other, _)| placement.near.contains(other) && placement.apart_from.contains(other))
    {
        findings.add(id, at, format!("runs near {other} and apart from it"), "say one of them");
    }
    (placement, neighbours)
}

/// A class that the cluster has; `word` is how the cluster says it.
fn class<T: Copy + Ord + Display>(
    findings: &mut Findings,
    id: Id,
    what: &str,
    word: &str,
    known: &BTreeSet<T>,
    said: Setting<T>,
) -> Option<T> {
    let said = findings.once(id, &format!("the {what}"), said)?;
    let class = said.what;
    if !known.contains(&class) {
        let wrong = format!("the cluster has no {what} `{class}`");
        let instead = format!("name one that it has, or add `.{word}({word}!(\"{class}\"))` to the cluster");
        findings.add(id, said.at, wrong, instead);
    }
    Some(class)
}

fn of(identity: Identity) -> Id {
    Id { namespace: identity.namespace(), name: identity.name() }
}

/// The labels of its nodes, those with a value and those with any: a node bears one value under a key.
fn selected(
    findings: &mut Findings,
    id: Id,
    nodes: Vec<Said<NodeLabel>>,
) -> (BTreeMap<&'static str, &'static str>, BTreeSet<&'static str>) {
    let mut selected: BTreeMap<&str, &str> = BTreeMap::new();
    let mut any_of_key = BTreeSet::new();
    for Said { what: label, at } in nodes {
        let Some(value) = label.value() else {
            any_of_key.insert(label.key());
            continue;
        };
        if let Some(other) = selected.insert(label.key(), value)
            && other != value
        {
            let wrong = format!("no node bears both {key}={other} and {key}={value}", key = label.key());
            findings.add(id, at, wrong, "say one of them, or prefer one with `.prefers_nodes(..)`");
        }
    }
    (selected, any_of_key)
}

fn add_aliases(
    findings: &mut Findings,
    facts: &Facts,
    id: Id,
    placement: &mut Placement,
    aliases: Vec<Said<HostAlias>>,
) {
    for Said { what: HostAlias { address, host, seal: _ }, at } in aliases {
        if facts.is_within(host.as_str()) {
            let wrong = format!("{host} is a name within the cluster, which its DNS answers");
            findings.add(id, at, wrong, "call the port that the service or the peer declares: `.calls(ledger::API)`");
        }
        if let Some(other) = placement
            .host_aliases
            .iter()
            .find(|(other, hosts)| **other != address && hosts.contains(&host))
            .map(|(other, _)| other)
        {
            let wrong = format!("{host} would be both {other} and {address}");
            findings.add(id, at, wrong, "say one of them");
        }
        placement.host_aliases.entry(address).or_default().insert(host);
    }
}

/// Neighbours are services that the cluster runs.
pub(super) fn check_neighbours(findings: &mut Findings, services: &BTreeMap<Id, Resolved>) {
    for (id, service) in services {
        for (other, at) in &service.neighbours {
            if other == id {
                let wrong = "runs near itself, or apart from itself";
                findings.add(id, at, wrong, "say how its own pods stand with `.spread(Spread::OnePerNode)`");
            } else if !services.contains_key(other) {
                let wrong = format!("stands by {other}, which this cluster does not run");
                findings.add(id, at, wrong, "add `.runs(..)` of that service to the cluster, or leave it out");
            }
        }
    }
}
