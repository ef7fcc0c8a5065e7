//! Volumes and their mounts.

use std::collections::BTreeSet;

use super::CrossRule;
use crate::field::{at, has, list, text};
use crate::scene::{Findings, Scene};

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule { name: "volume-mounted", sentence: "every volume has one name and is mounted", check: volume_mounted },
    CrossRule { name: "mount-volume", sentence: "every mount has its volume", check: mount_volume },
    CrossRule {
        name: "mount-apart",
        sentence: "no mount of a container is at, above or below another",
        check: mount_apart,
    },
    CrossRule {
        name: "read-only-mount",
        sentence: "what only one side may write is mounted read-only: configuration, secrets, tokens",
        check: read_only_mount,
    },
];

fn volume_mounted(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        let mounts: BTreeSet<_> = workload
            .containers()
            .flat_map(|container| list(container, "volumeMounts"))
            .map(|mount| text(mount, "name"))
            .collect();
        let mut names = BTreeSet::new();
        for volume in workload.volumes() {
            let name = text(volume, "name");
            if !names.insert(name) || !mounts.contains(name) {
                findings.push(
                    workload
                        .document
                        .finding("volume-mounted", format!("volume `{name}` is not mounted, or there are two")),
                );
            }
        }
    }
}

fn mount_volume(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for mount in workload.containers().flat_map(|container| list(container, "volumeMounts")) {
            if !workload.volumes().iter().any(|volume| text(volume, "name") == text(mount, "name")) {
                let sentence = format!("there is no volume `{}`", text(mount, "name"));
                findings.push(workload.document.finding("mount-volume", sentence));
            }
        }
    }
}

fn mount_apart(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for container in workload.containers() {
            let paths: Vec<_> = list(container, "volumeMounts").iter().map(|mount| text(mount, "mountPath")).collect();
            for (index, one) in paths.iter().enumerate() {
                for other in paths.iter().skip(index + 1) {
                    if one == other || other.starts_with(&format!("{one}/")) || one.starts_with(&format!("{other}/")) {
                        let sentence =
                            format!("`{one}` and `{other}` cover each other in `{}`", text(container, "name"));
                        findings.push(workload.document.finding("mount-apart", sentence));
                    }
                }
            }
        }
    }
}

fn read_only_mount(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for mount in workload.containers().flat_map(|container| list(container, "volumeMounts")) {
            let volume = workload.volumes().iter().find(|volume| text(volume, "name") == text(mount, "name"));
            let given = volume
                .is_some_and(|volume| ["configMap", "secret", "projected"].iter().any(|source| has(volume, source)));
            if given && at(mount, "readOnly") != &serde_json::Value::Bool(true) {
                let sentence = format!("`{}` is not mounted read-only", text(mount, "mountPath"));
                findings.push(workload.document.finding("read-only-mount", sentence));
            }
        }
    }
}
