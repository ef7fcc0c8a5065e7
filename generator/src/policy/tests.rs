use std::collections::BTreeSet;

use super::decision::{Decision, decide};
use super::questions::{self, Dns, Known};
use super::tier::Tier;
use super::{mutating, names};
use crate::model::Rule;

fn known() -> Known {
    Known {
        kyverno: "kyverno".to_owned(),
        argocd: "system:serviceaccount:argocd:argocd-application-controller".to_owned(),
        one_password: "system:serviceaccount:onepassword:onepassword-connect-operator".to_owned(),
        cert_manager: None,
        cloud_native_pg: None,
        with_token: BTreeSet::new(),
        databases: None,
        dns: Dns {
            namespace: "kube-system".to_owned(),
            label: ("k8s-app".to_owned(), "kube-dns".to_owned()),
            node_local: None,
        },
    }
}

#[test]
fn each_rule_that_is_decided_to_be_looked_at_is_asked_about_once() {
    for tier in Tier::ALL {
        let asked: Vec<Rule> = questions::of_tier(&known(), tier).into_iter().map(|question| question.rule).collect();
        for rule in Rule::ALL {
            let times = asked.iter().filter(|asked| *asked == rule).count();
            match decide(*rule, tier) {
                Decision::Deny | Decision::Audit(_) => assert_eq!(times, 1, "{} {tier:?}", rule.name()),
                Decision::Leave(_) | Decision::Held(_) => assert!(times <= 1, "{} {tier:?}", rule.name()),
            }
        }
    }
}

#[test]
fn nothing_on_the_platform_is_refused_that_a_repair_could_need() {
    let refused: BTreeSet<Rule> =
        Rule::ALL.iter().copied().filter(|rule| decide(*rule, Tier::Platform) == Decision::Deny).collect();
    // One more is a decision about every chart of every cluster.
    assert_eq!(refused, BTreeSet::from([Rule::NoIngress, Rule::EgressFence, Rule::PodSecurityLabelsStay]));
}

#[test]
fn a_project_permits_each_name_once() {
    let names = names();
    let distinct: BTreeSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), names.len());
    assert_eq!(names.len(), 2 * Rule::ALL.len() + mutating::NAMES.len() + 1);
}

#[test]
fn only_policies_of_these_kinds_and_names_are_ours() {
    assert!(super::is_named("policies.kyverno.io", "ValidatingPolicy", "no-host-path-platform"));
    for (group, kind, name) in [
        ("policies.kyverno.io", "ValidatingPolicy", "anything"),
        ("policies.kyverno.io", "MutatingPolicy", "no-host-path"),
        ("policies.kyverno.io", "PolicyException", "no-host-path"),
        ("kyverno.io", "ClusterPolicy", "no-host-path"),
    ] {
        assert!(!super::is_named(group, kind, name), "{group} {kind} {name}");
    }
}
