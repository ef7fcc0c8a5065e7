//! Who is exempt from a policy of Kyverno, and which namespaces policies do not look into.
//!
//! Both are read from the policies as they are rendered. What is declared of an exemption explains it; one that is not explained, and
//! one that is explained and not rendered, are said to be lost, which no page of a tree may say.

use std::collections::BTreeSet;

use super::List;
use crate::graph::Graph;
use crate::model::Rule;
use crate::policy::{self, Decision, Exemption, Tier, decide};
use crate::register::markdown::{LOST, code, codes, text};
use crate::register::sighting::{Policy, Seen};

const NO_POLICY: &str = "None: no policy of Kyverno is rendered for this cluster.";

/// Exemptions from policies: what breaks a rule, and is let pass.
pub(super) fn exemptions(graph: &Graph, seen: &Seen) -> List {
    let mut declared = policy::exemptions(graph);
    let mut rows = Vec::new();
    for policy in seen.policies() {
        for (variable, expression) in &policy.exempts {
            let is_it = |one: &Exemption| {
                one.policy == policy.name && one.variable == variable && one.expression == *expression
            };
            match declared.iter().position(is_it) {
                Some(at) => rows.push(row(declared.remove(at))),
                None => {
                    rows.push(vec![code(&policy.name), code(variable), String::new(), LOST.to_owned(), String::new()]);
                }
            }
        }
    }
    rows.extend(declared.into_iter().map(|mut lost| {
        lost.policy.extend([": ", LOST]);
        row(lost)
    }));
    List {
        title: "Exemptions from policies",
        says: "What a policy lets pass although it breaks its rule. Policies of the platform are those whose names end in `-platform`; most of them report, and refuse nothing.",
        columns: &["policy", "lets pass", "where", "reason", "needed by"],
        rows,
        empty: if seen.policies().is_empty() { NO_POLICY } else { "None: no policy exempts anybody." },
    }
}

fn row(exemption: Exemption) -> Vec<String> {
    let Exemption { policy, variable: _, expression: _, namespaces, who, reason, needed_by } = exemption;
    let place = match (namespaces.is_empty(), policy.contains("-platform")) {
        (false, _) => codes(namespaces),
        (true, false) => "namespaces of services".to_owned(),
        (true, true) => "all other namespaces".to_owned(),
    };
    let needed_by: Vec<String> = needed_by.iter().map(|(kind, name)| format!("{kind} {}", code(name))).collect();
    let policy = match policy.split_once(": ") {
        Some((policy, lost)) => format!("{}: {lost}", code(policy)),
        None => code(&policy),
    };
    vec![policy, who, place, reason.to_owned(), needed_by.join(", ")]
}

/// Rules that no policy of Kyverno enforces, among services or on the platform.
pub(super) fn unenforced(seen: &Seen) -> List {
    let mut rows = Vec::new();
    for rule in Rule::ALL.iter().filter(|_| !seen.policies().is_empty()) {
        for tier in Tier::ALL {
            let name = policy::name(*rule, tier);
            let found = seen.policies().iter().find(|policy| policy.kind == "ValidatingPolicy" && policy.name == name);
            let (does, reason) = match (found, decide(*rule, tier)) {
                (Some(policy), _) if policy.action.as_deref() == Some("Deny") => continue,
                (None, Decision::Held(_)) => continue,
                (Some(policy), _) => ("reported", policy.reason.as_deref().map_or_else(|| LOST.to_owned(), text)),
                (None, Decision::Leave(reason)) => ("not looked at", reason.to_owned()),
                (None, Decision::Deny | Decision::Audit(_)) => (LOST, LOST.to_owned()),
            };
            let place = match tier {
                Tier::Services => "among services",
                Tier::Platform => "everywhere else",
            };
            rows.push(vec![code(rule.name()), place.to_owned(), does.to_owned(), reason]);
        }
    }
    List {
        title: "Rules that Kyverno does not enforce",
        says: "What breaks these rules, no policy refuses there. Among services the types and `resolve` hold them all the same: this is about what others make.",
        columns: &["rule", "where", "what breaks it is", "reason"],
        rows,
        empty: NO_POLICY,
    }
}

/// Namespaces that policies leave out by their names.
pub(super) fn out_of_sight(graph: &Graph, seen: &Seen) -> List {
    let names: BTreeSet<&String> = seen.policies().iter().flat_map(|policy| &policy.leaves_out).collect();
    let rows = names.into_iter().map(|name| {
        let (blind, seeing): (Vec<&Policy>, Vec<&Policy>) =
            seen.policies().iter().partition(|policy| leaves_out(policy, name));
        let which = |policies: &[&Policy]| codes(policies.iter().map(|policy| &policy.name));
        let policies = match (blind.as_slice(), seeing.as_slice()) {
            (_, []) => "all".to_owned(),
            (blind, seeing) if seeing.len() < blind.len() => format!("all but {}", which(seeing)),
            (blind, _) => which(blind),
        };
        let name = if name.ends_with('-') { format!("{name}*") } else { name.clone() };
        let reason = policy::why_out_of_sight(name.trim_end_matches('*'), &graph.cluster).unwrap_or(LOST);
        vec![code(&name), policies, reason.to_owned()]
    });
    List {
        title: "Namespaces that policies leave out",
        says: "What is in these namespaces, these policies do not look at. Every other namespace that is not of services is held by the policies of the platform, most of which report, and refuse nothing. \
               Kyverno's own filters leave out `kube-node-lease` and `kube-public`, too, unless its values say otherwise.",
        columns: &["namespace", "left out by", "reason"],
        rows: rows.collect(),
        empty: if seen.policies().is_empty() { NO_POLICY } else { "None: policies look into every namespace." },
    }
}

/// Whether a policy leaves a namespace out, or all whose names begin so.
fn leaves_out(policy: &Policy, name: &str) -> bool {
    policy.leaves_out.iter().any(|left| left == name || left.ends_with('-') && name.starts_with(left.as_str()))
}
