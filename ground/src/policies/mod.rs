//! Kyverno's engine over the rendered policies: they accept everything of ours, refuse each broken twin of it, and change nothing of
//! ours.

mod charts;
mod command;
mod engine;
mod exempt;
mod foreign;
pub(crate) mod live;
mod ready;
mod request;
mod twins;

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::Value;

use self::engine::{Answer, Engine};
pub(crate) use self::ready::stand_in;
use self::request::{Cluster, Question};
use crate::charts::Chart;
use crate::pins::KYVERNO;
use crate::table::{Findings, Table};
use crate::tree::{Tree, label};
use crate::trial::Trial;
use crate::{injector, pods};

/// Where the policies lie in a tree.
const FOLDER: &str = "platform/_policies";

/// What is judged, in a line.
pub(crate) const WHAT: &str = "policies over our own objects, broken twins, mutation, generation";

/// Asks Kyverno about everything that it will be asked about.
pub(crate) fn judge(trial: &Trial<'_>, rendered: &[Chart], table: &mut Table) -> Result<()> {
    let Trial { programs, tree, kyverno: version, home, .. } = trial;
    let folder = tree.root.join(FOLDER);
    if !folder.exists() {
        table.skipped("Kyverno", WHAT, "its cluster declares no Kyverno, and the tree has no policies");
        return Ok(());
    }
    let engine = Engine::new(programs.path(&KYVERNO, "kyverno-engine")?, folder.clone());
    let command = programs.path(&KYVERNO, "kyverno")?;
    let cluster = Cluster::of(tree)?;
    let mut judge = |what: &str, run: &dyn Fn(&mut Findings) -> Result<()>| {
        table.judge("Kyverno", version, what, |findings| run(findings));
    };
    judge("objects and injected pods pass all policies, unchanged", &|findings| {
        accepts_ours(&engine, &cluster, tree, findings)
    });
    judge("broken twins refused by their policy", &|findings| twins::refuse_all(&engine, &cluster, tree, findings));
    if !exempt::databases(tree).is_empty() {
        judge("pods of databases pass where they are declared, and nowhere else", &|findings| {
            exempt::judge(&engine, &cluster, tree, findings)
        });
    }
    judge("pods of the platform: changed once, then never", &|findings| foreign::mutated(&engine, &cluster, findings));
    if !rendered.is_empty() {
        judge("what charts render is admitted", &|findings| {
            charts::admitted(&engine, &cluster, tree, rendered, findings)
        });
    }
    judge("its command says the same, and shuts a new namespace", &|findings| {
        command::judge(&command, &folder, &cluster, tree, &home.join("kyverno"), findings)
    });
    Ok(())
}

/// Every object of the tree and every pod of it, injected, created and written again as it is.
fn accepts_ours(engine: &Engine, cluster: &Cluster, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let mut questions = Vec::new();
    for object in ours(tree)? {
        questions.push(cluster.created(object.clone()));
        questions.push(cluster.updated(object.clone(), object));
    }
    let mut asked = BTreeSet::new();
    for (question, answer) in questions.iter().zip(engine.ask(&questions)?) {
        findings.case(&question.name(), passes(question, &answer));
        asked.extend(
            answer.verdicts.into_iter().filter(|verdict| verdict.status == "pass").map(|verdict| verdict.policy),
        );
    }
    // Whoever is never asked was not shown to pass. Some kinds no cluster of ours has.
    let silent: Vec<&str> =
        validating(tree).filter(|name| !name.ends_with("-platform") && !asked.contains(*name)).collect();
    let never = ["ephemeral-containers", "no-ingress", "secrets-by-operators"];
    let mut expected: BTreeSet<&str> = never.into_iter().collect();
    if tree.of_kind("Role").chain(tree.of_kind("ClusterRole")).next().is_none() {
        expected.insert("no-wildcard-rights");
    }
    let unexpected: Vec<&str> = silent.into_iter().filter(|name| !expected.contains(name)).collect();
    findings.check("every policy was asked", unexpected.is_empty(), || format!("nothing was shown to {unexpected:?}"));
    Ok(())
}

/// What Argo CD applies, and the pods that come of it.
fn ours(tree: &Tree) -> Result<Vec<Value>> {
    let mut objects: Vec<Value> = tree.manifests.iter().map(|manifest| manifest.object.clone()).collect();
    for (manifest, pod) in pods::templates(tree) {
        let injected = injector::injected(&pod, manifest.namespace())?;
        objects.push(injected.ok_or_else(|| anyhow::anyhow!("{} is not injected", label(&manifest.object)))?);
    }
    Ok(objects)
}

/// The names of the policies that refuse or report.
fn validating(tree: &Tree) -> impl Iterator<Item = &str> {
    tree.of_kind("ValidatingPolicy").map(crate::tree::Manifest::name)
}

fn passes(question: &Question, answer: &Answer) -> Result<(), String> {
    if let Some(verdict) = answer.verdicts.iter().find(|verdict| !["pass", "skip"].contains(&verdict.status.as_str())) {
        return Err(verdict.to_string());
    }
    match &answer.patched {
        Some(patched) if *patched != question.object => Err("a policy changes it".to_owned()),
        _ => Ok(()),
    }
}
