//! Volumes and their mounts.

use std::collections::BTreeSet;

use serde_json::Value;

use super::CrossRule;
use crate::field::{at, has, list, text};
use crate::scene::{Findings, Scene};

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule { name: "volume-mounted", sentence: "every volume has one name and is mounted", check: volume_mounted },
    CrossRule {
        name: "mount-volume",
        sentence: "every mount has its volume, or its claim of a StatefulSet's",
        check: mount_volume,
    },
    CrossRule {
        name: "mount-apart",
        sentence: "no two mounts of a container are at one place, and what lies below another comes after it and can be there",
        check: mount_apart,
    },
    CrossRule {
        name: "shared-memory",
        sentence: "at /dev/shm is a scratch directory in memory, and nothing else of /dev",
        check: shared_memory,
    },
    CrossRule {
        name: "read-only-mount",
        sentence: "what only one side may write is mounted read-only: configuration, secrets, tokens, images",
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
            let name = text(mount, "name");
            let is_volume = workload.volumes().iter().any(|volume| text(volume, "name") == name);
            let is_claim = workload.claim_templates().iter().any(|claim| text(claim, "metadata.name") == name);
            if !is_volume && !is_claim {
                let sentence = format!("there is no volume `{name}`");
                findings.push(workload.document.finding("mount-volume", sentence));
            }
        }
    }
}

fn mount_apart(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for container in workload.containers() {
            let mounts = list(container, "volumeMounts");
            for (index, earlier) in mounts.iter().enumerate() {
                for later in mounts.iter().skip(index + 1) {
                    if let Some(what) = covers(earlier, later) {
                        let (one, other) = (text(earlier, "mountPath"), text(later, "mountPath"));
                        let sentence = format!("`{other}` {what} `{one}` in `{}`", text(container, "name"));
                        findings.push(workload.document.finding("mount-apart", sentence));
                    }
                }
            }
        }
    }
}

/// What is wrong about a mount after another, if anything. The runtime makes the place for a mount, and can make none below what is
/// read-only; what configuration and secrets are mounted as files is read-only, too.
fn covers(earlier: &Value, later: &Value) -> Option<&'static str> {
    let below = |path: &str, parent: &str| path.starts_with(&format!("{parent}/"));
    let (one, other) = (text(earlier, "mountPath"), text(later, "mountPath"));
    if one == other {
        Some("is at the same place as")
    } else if below(one, other) {
        Some("comes after, and covers,")
    } else if below(other, one) && at(earlier, "readOnly") == &Value::Bool(true) {
        Some("has no place below what is read-only:")
    } else {
        None
    }
}

fn shared_memory(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        let mut mounts = workload.containers().flat_map(|container| list(container, "volumeMounts"));
        let in_memory = |mount: &Value| {
            let mut volumes = workload.volumes().iter().filter(|volume| text(volume, "name") == text(mount, "name"));
            volumes.any(|volume| text(volume, "emptyDir.medium") == "Memory") && !has(mount, "subPath")
        };
        if mounts.any(|mount| text(mount, "mountPath") == "/dev/shm" && !in_memory(mount)) {
            findings.push(workload.document.finding("shared-memory", "what is at /dev/shm is not in memory"));
        }
    }
}

fn read_only_mount(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for mount in workload.containers().flat_map(|container| list(container, "volumeMounts")) {
            let volume = workload.volumes().iter().find(|volume| text(volume, "name") == text(mount, "name"));
            let given = volume.is_some_and(|volume| {
                ["configMap", "secret", "projected", "image"].iter().any(|source| has(volume, source))
            });
            if given && at(mount, "readOnly") != &Value::Bool(true) {
                let sentence = format!("`{}` is not mounted read-only", text(mount, "mountPath"));
                findings.push(workload.document.finding("read-only-mount", sentence));
            }
        }
    }
}
