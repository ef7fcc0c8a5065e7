//! The judge: the closed world, Pod Security, and the rules across documents, one after the other.

use serde_json::json;

use crate::closed;
use crate::field::at;
use crate::finding::{Finding, Verdict};
use crate::pages;
use crate::peers::Peers;
use crate::restricted;
use crate::rules;
use crate::scene::Scene;
use crate::world::World;

/// Judges a tree. What is outside of it and may be named by it is in `peers`.
#[must_use]
pub fn judge(world: &World, peers: &Peers) -> Verdict {
    let mut verdict = Verdict {
        findings: world.unreadable().to_vec(),
        documents: world.documents().len() + world.platform().len(),
        fields: 0,
        rules: closed::allowed_paths().len() + restricted::COUNT + rules::all().count(),
    };
    if world.documents().is_empty() {
        let sentence = "there is no document".to_owned();
        verdict.findings.push(Finding { path: String::new(), object: String::new(), rule: "readable", sentence });
    }
    for document in world.documents() {
        closed::judge(document, &mut verdict);
    }
    for document in world.platform() {
        closed::judge_of_platform(document, &mut verdict);
    }
    let scene = Scene::new(world, peers);
    for workload in scene.workloads.iter().filter(|workload| workload.has_template()) {
        let pod = json!({"metadata": at(workload.template, "metadata"), "spec": workload.spec});
        for (check, sentence) in restricted::restricted(&pod) {
            verdict.findings.push(workload.document.finding("pod-security", format!("{check}: {sentence}")));
        }
    }
    pages::judge(world, &mut verdict.findings);
    for rule in rules::all() {
        (rule.check)(&scene, &mut verdict.findings);
    }
    verdict.findings.sort();
    verdict.findings.dedup();
    verdict
}
