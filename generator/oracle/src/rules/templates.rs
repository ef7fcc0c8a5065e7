//! Claims that a `StatefulSet` makes, one for each of its pods.

use std::collections::BTreeSet;

use serde_json::Value;

use super::CrossRule;
use crate::field::{at, has, list, pairs, text};
use crate::scene::{Findings, Scene};
use crate::workload::Workload;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "template-once",
        sentence: "no two claims of a pod, and no volume of it, have one name",
        check: template_once,
    },
    CrossRule { name: "template-mounted", sentence: "every claim of a pod is mounted", check: template_mounted },
    CrossRule {
        name: "template-kept",
        sentence: "claims of pods outlive their StatefulSet, unless the data of each of them are disposable",
        check: template_kept,
    },
    CrossRule {
        name: "template-labels",
        sentence: "a claim of a pod bears the labels of its StatefulSet",
        check: template_labels,
    },
];

fn template_once(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        let volumes = workload.volumes().iter().map(|volume| text(volume, "name"));
        let mut names: BTreeSet<_> = volumes.collect();
        for template in workload.claim_templates() {
            let name = text(template, "metadata.name");
            if !names.insert(name) {
                let sentence = format!("another claim, or a volume, of its pods is named `{name}`, too");
                findings.push(workload.document.finding("template-once", sentence));
            }
        }
    }
}

fn is_mounted(workload: &Workload<'_>, template: &Value) -> bool {
    let mut mounts = workload.containers().flat_map(|container| list(container, "volumeMounts"));
    mounts.any(|mount| text(mount, "name") == text(template, "metadata.name"))
}

fn template_mounted(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for template in workload.claim_templates().iter().filter(|template| !is_mounted(workload, template)) {
            let sentence = format!("no container mounts `{}`", text(template, "metadata.name"));
            findings.push(workload.document.finding("template-mounted", sentence));
        }
    }
}

fn template_kept(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in scene.workloads.iter().filter(|workload| workload.document.kind == "StatefulSet") {
        let policy = at(&workload.document.value, "spec.persistentVolumeClaimRetentionPolicy");
        let templates = workload.claim_templates();
        let disposable =
            templates.iter().all(|template| at(template, "metadata.labels").get("casemate.dev/data").is_some());
        let expected = if disposable { "Delete" } else { "Retain" };
        let holds = if templates.is_empty() {
            policy.is_null()
        } else {
            ["whenDeleted", "whenScaled"].iter().all(|when| text(policy, when) == expected)
        };
        if !holds {
            findings
                .push(workload.document.finding("template-kept", "what becomes of its claims is not what they say"));
        }
    }
}

fn template_labels(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        let own = pairs(&workload.document.value, "metadata.labels");
        for template in workload.claim_templates().iter().filter(|template| has(template, "metadata")) {
            let labels = pairs(template, "metadata.labels");
            if !own.iter().all(|label| labels.contains(label)) {
                let sentence = format!("`{}` does not bear the labels of its set", text(template, "metadata.name"));
                findings.push(workload.document.finding("template-labels", sentence));
            }
        }
    }
}
