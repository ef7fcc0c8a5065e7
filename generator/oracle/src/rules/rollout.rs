//! How workloads come, change and go.

use super::CrossRule;
use crate::field::{at, has, number, text};
use crate::scene::{Findings, Scene};

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "rollout",
        sentence: "a Deployment that is replaced at once says no numbers, and one that is not adds or takes away a pod at a time",
        check: rollout,
    },
    CrossRule {
        name: "job-name",
        sentence: "a Job is named after its pods, and after a hash of its template",
        check: job_name,
    },
    CrossRule {
        name: "stateful-service",
        sentence: "a StatefulSet names the Service of its own name exactly if there is one",
        check: stateful_service,
    },
];

fn rollout(scene: &Scene<'_>, findings: &mut Findings) {
    for deployment in scene.of_kind("Deployment") {
        let strategy = at(&deployment.value, "spec.strategy");
        if !has(strategy, "rollingUpdate") {
            continue;
        }
        let moves = ["maxSurge", "maxUnavailable"]
            .iter()
            .any(|field| number(at(strategy, "rollingUpdate"), field).is_some_and(|pods| pods > 0));
        if text(strategy, "type") != "RollingUpdate" || !moves {
            findings.push(deployment.finding("rollout", "its strategy says numbers in vain, or stands still"));
        }
    }
}

fn job_name(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in scene.workloads.iter().filter(|workload| workload.document.kind == "Job") {
        let of_pods = workload.document.name.rsplit_once('-').is_some_and(|(name, _)| name == workload.name());
        if !of_pods {
            findings.push(workload.document.finding("job-name", "it is not named after its pods"));
        }
    }
}

fn stateful_service(scene: &Scene<'_>, findings: &mut Findings) {
    for set in scene.of_kind("StatefulSet") {
        let named = text(&set.value, "spec.serviceName");
        let exists = scene.find("Service", set.space(), &set.name).is_some();
        if named != if exists { set.name.as_str() } else { "" } {
            findings.push(set.finding("stateful-service", "it names another Service than its own, or not its own"));
        }
    }
}
