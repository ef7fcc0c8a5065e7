//! `restricted`: what a hardened pod says of itself.

use super::{Check, Container, Found, Pod, Standard, baseline};
use crate::review::quote::quotation;

/// Volumes that hold nothing of the node's.
const VOLUMES: [&str; 9] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

pub(super) fn check<'a>(found: &mut Found<'a>, pod: &Pod<'a>, standard: Standard) {
    for volume in pod.spec.get("volumes").items() {
        // Without a source it is an `emptyDir`; a path of the node is `baseline`'s.
        let foreign = volume
            .entries()
            .filter(|(key, at)| !at.is_absent() && !["name", "hostPath"].contains(key) && !VOLUMES.contains(key));
        for (key, at) in foreign {
            let name = quotation(volume.get("name").text_or_empty());
            found.of_pod(Check::RestrictedVolumes, at, format!("volume `{name}` is a `{}`", quotation(key)));
        }
    }
    let is_root_let_off = standard.lets_root_off(pod);
    let is_windows_let_off = standard.lets_windows_off(pod);
    let non_root = pod.setting("runAsNonRoot");
    if !is_root_let_off {
        if !non_root.is_absent() && !non_root.is(true) {
            found.of_pod(Check::RunAsNonRoot, non_root.clone(), "the pod may run as root");
        }
        let user = pod.setting("runAsUser");
        if user.integer() == Some(0) {
            found.of_pod(Check::RunAsUser, user, "the pod runs as root");
        }
    }
    for container in &pod.containers {
        if !is_root_let_off {
            root(found, container, non_root.is(true));
        }
        if standard.is_since(35) {
            baseline::proc_mount(found, container);
        }
        if !is_windows_let_off {
            linux(found, pod, container);
        }
    }
}

fn root<'a>(found: &mut Found<'a>, container: &Container<'a>, is_non_root: bool) {
    let at = container.setting("runAsNonRoot");
    if at.is_absent() {
        if !is_non_root {
            found.of_container(
                Check::RunAsNonRoot,
                container,
                at,
                "has no `runAsNonRoot: true`, and neither has its pod",
            );
        }
    } else if !at.is(true) {
        found.of_container(Check::RunAsNonRoot, container, at, "may run as root");
    }
    let at = container.setting("runAsUser");
    if at.integer() == Some(0) {
        found.of_container(Check::RunAsUser, container, at, "runs as root");
    }
}

/// What Windows does not have.
fn linux<'a>(found: &mut Found<'a>, pod: &Pod<'a>, container: &Container<'a>) {
    let at = container.setting("allowPrivilegeEscalation");
    if !at.is(false) {
        let wrong = "has no `allowPrivilegeEscalation: false`";
        found.of_container(Check::AllowPrivilegeEscalation, container, at, wrong);
    }
    let capabilities = container.setting("capabilities");
    let drop = capabilities.get("drop");
    if !drop.items().any(|name| name.text() == Some("ALL")) {
        found.of_container(Check::Capabilities, container, drop, "does not drop the capability `ALL`");
    }
    for at in capabilities.get("add").items() {
        if at.text() != Some("NET_BIND_SERVICE") {
            let wrong = format!("adds the capability `{}`", quotation(at.text_or_empty()));
            found.of_container(Check::Capabilities, container, at, &wrong);
        }
    }
    let profile = container.setting("seccompProfile");
    if profile.is_absent() && pod.setting("seccompProfile").is_absent() {
        let wrong = "has no seccomp profile, and neither has its pod";
        found.of_container(Check::SeccompProfile, container, profile, wrong);
    }
}
