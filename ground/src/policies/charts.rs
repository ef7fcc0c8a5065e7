//! What charts render, under the policies: what would be refused could not be installed.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::Value;

use super::engine::Engine;
use super::request::Cluster;
use crate::charts::Chart;
use crate::pods::{self, each};
use crate::table::Findings;
use crate::tree::{Manifest, Tree, text};

/// Each object and the pod of each template: none is refused. What is only reported is printed.
pub(super) fn admitted(
    engine: &Engine,
    cluster: &Cluster,
    tree: &Tree,
    charts: &[Chart],
    findings: &mut Findings,
) -> Result<()> {
    let denying: BTreeSet<&str> = tree
        .of_kind("ValidatingPolicy")
        .filter(|policy| each(&policy.object["spec"]["validationActions"]).any(|action| action == "Deny"))
        .map(Manifest::name)
        .collect();
    let objects = charts.iter().flat_map(|chart| &chart.objects);
    let all: Vec<Value> =
        objects.flat_map(|object| std::iter::once(object.object.clone()).chain(pods::pod(object))).collect();
    let questions: Vec<_> = all.iter().map(|object| cluster.created(object.clone())).collect();
    let mut reported: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (question, answer) in questions.iter().zip(engine.ask(&questions)?) {
        let mut refusing = Vec::new();
        for verdict in answer.verdicts.iter().filter(|verdict| !["pass", "skip"].contains(&verdict.status.as_str())) {
            if denying.contains(verdict.policy.as_str()) {
                refusing.push(verdict.to_string());
            } else {
                let home = text(&question.object["metadata"]["namespace"]).to_owned();
                reported.entry(verdict.policy.clone()).or_default().insert(home);
            }
        }
        let verdict = if refusing.is_empty() { Ok(()) } else { Err(refusing.join("; ")) };
        findings.case(&question.name(), verdict);
    }
    for (policy, namespaces) in reported {
        let namespaces: Vec<String> = namespaces.into_iter().collect();
        eprintln!("  {policy} reports charts in {}", namespaces.join(", "));
    }
    Ok(())
}
