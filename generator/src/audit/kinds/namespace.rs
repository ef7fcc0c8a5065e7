//! Namespaces: their level of Pod Security, and what they ask of the mesh.

use crate::audit::judge::Judge;
use crate::audit::pod::{self, Level};
use crate::audit::yaml::Field;
use crate::model::Rule;

const ENFORCE: &str = "pod-security.kubernetes.io/enforce";

pub(super) fn judge(judge: &mut Judge, object: &Field<'_>) {
    let labels = object.at(["metadata", "labels"]);
    judge.entries(&labels);
    let at = labels.get(ENFORCE);
    match at.text() {
        None => judge.add(Rule::PodSecurityLabels, &at, format!("the namespace has no label `{ENFORCE}`")),
        Some(text) if !Level::ALL.iter().any(|level| level.name() == text) => {
            let wrong = "the level is none of `restricted`, `baseline` and `privileged`";
            judge.add(Rule::PodSecurityLabels, &at, wrong);
        }
        Some(text) if text != "restricted" && labels.get("casemate.dev/tier").text() == Some("services") => {
            judge.add(Rule::PodSecurityLabels, &at, "a namespace of services is below `restricted`");
        }
        Some(_) => {}
    }
    pod::mesh_annotations(judge, &object.at(["metadata", "annotations"]));
}
