//! Broken twins: the good tree with one thing made wrong, and the rule that has to notice.

mod gitops;
mod kinds;
mod mesh;
mod needs;
mod network;
mod objects;
mod perimeter;
mod placement;
mod platform;
mod policies;
mod proxies;
mod storage;
mod workloads;

use std::collections::BTreeSet;

use casemate_oracle::{
    World, allowed_beyond, allowed_callers, allowed_datagrams, allowed_pairs, allowed_peers, allowed_rights,
    cross_rules, judge,
};

use serde_json::Value;

use crate::breach::{Twin, apply};
use crate::sample;

fn twins() -> Vec<Twin> {
    [
        objects::twins(),
        network::twins(),
        mesh::twins(),
        workloads::twins(),
        kinds::twins(),
        placement::twins(),
        proxies::twins(),
        storage::twins(),
        needs::twins(),
        perimeter::twins(),
        policies::twins(),
        gitops::twins(),
        platform::twins(),
    ]
    .concat()
}

#[test]
fn every_broken_twin_is_found_by_the_rule_that_is_meant_to() {
    let good = sample::values();
    let mut silent = Vec::new();
    for (object, change, rule) in twins() {
        let mut values = good.clone();
        apply(&mut values, object, &change);
        let verdict = judge(&sample::world(&values), &sample::peers());
        if !verdict.findings.iter().any(|finding| finding.rule == rule) {
            silent.push(format!("{object}: {change:?}: not {rule}, but {:?}", verdict.findings));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n\n"));
    eprintln!("{} broken twins", twins().len());
}

#[test]
fn every_rule_across_documents_has_a_broken_twin() {
    let tried: BTreeSet<_> = twins().into_iter().map(|(_, _, rule)| rule).collect();
    let untried: Vec<_> =
        cross_rules().into_iter().map(|(name, _)| name).filter(|name| !tried.contains(name)).collect();
    assert!(untried.is_empty(), "{untried:?}");
}

/// How much a tree permits.
fn permitted(world: &World) -> usize {
    allowed_pairs(world).len()
        + allowed_datagrams(world).len()
        + allowed_peers(world).len()
        + allowed_callers(world).len()
        + allowed_beyond(world).len()
        + allowed_rights(world).len()
}

#[test]
fn every_document_is_needed() {
    let good = sample::values();
    let all = permitted(&sample::good());
    // Without a bound, one of two webhooks, or a policy, the tree is another good one.
    let may_go = [
        "GeneratingPolicy",
        "LimitRange",
        "MutatingPolicy",
        "MutatingWebhookConfiguration",
        "ResourceQuota",
        "ValidatingPolicy",
        "ValidatingWebhookConfiguration",
    ];
    // What others are let through to at a database, they decide.
    let of_database = |value: &Value| value.pointer("/spec/podSelector/matchLabels/cnpg.io~1cluster").is_some();
    let is_needed = |value: &Value| !may_go.iter().any(|kind| value["kind"] == *kind) && !of_database(value);
    for index in (0..good.len()).filter(|index| is_needed(&good[*index].1)) {
        let mut values = good.clone();
        let (path, _) = values.remove(index);
        let world = sample::world(&values);
        // Without an edge to a peer, or one of two authorizations, the tree is another good one that permits less.
        assert!(!judge(&world, &sample::peers()).is_clean() || permitted(&world) < all, "{path} is not missed");
    }
}

#[test]
fn what_is_outside_has_to_be_told() {
    let good = sample::good();
    let peers = sample::peers();
    let rules = |peers| judge(&good, &peers).findings.into_iter().map(|finding| finding.rule).collect::<BTreeSet<_>>();
    let mut without = peers.clone();
    without.called.clear();
    assert!(rules(without).is_superset(&BTreeSet::from(["edge-one-peer", "tunnel-target"])));
    let mut without = peers.clone();
    without.callers.clear();
    assert!(rules(without).is_superset(&BTreeSet::from(["edge-one-peer", "authentication-account"])));
    let mut without = peers.clone();
    without.api_servers.clear();
    assert!(rules(without).is_superset(&BTreeSet::from(["private-block", "token-path"])));
    let mut without = peers.clone();
    without.public_hosts.clear();
    assert!(rules(without).contains("tunnel-access"));
    let mut without = peers.clone();
    without.dns.node_local = None;
    assert!(rules(without).contains("dns-policy"));
    let mut elsewhere = peers.clone();
    elsewhere.dns.namespace = "dns".to_owned();
    assert!(rules(elsewhere).is_superset(&BTreeSet::from(["dns-policy", "namespace-wide-policy"])));
    let mut elsewhere = peers.clone();
    elsewhere.linkerd_namespace = "mesh".to_owned();
    assert!(rules(elsewhere).is_superset(&BTreeSet::from(["linkerd-policy", "namespace-wide-policy"])));
    let mut without = peers.clone();
    without.devices.clear();
    assert!(rules(without).contains("private-block"));
    let mut without = peers.clone();
    without.pod_networks.clear();
    assert!(rules(without).contains("network-authentication"));
    let mut without = peers.clone();
    without.claims.clear();
    assert!(rules(without).contains("claim-exists"));
    let mut without = peers.clone();
    without.secrets.clear();
    assert!(rules(without).contains("secret-item"));
    let mut without = peers.clone();
    without.databases.clear();
    assert!(rules(without).is_superset(&BTreeSet::from(["policy-selects-one", "edge-one-peer"])));
    let mut without = peers.clone();
    without.created_pods.clear();
    assert!(rules(without).is_superset(&BTreeSet::from(["account-once", "harmless-writes", "policy-selects-one"])));
    let mut elsewhere = peers;
    elsewhere.argocd_namespace = "gitops".to_owned();
    assert!(rules(elsewhere).is_superset(&BTreeSet::from(["namespace-exists", "project-scope"])));
}
