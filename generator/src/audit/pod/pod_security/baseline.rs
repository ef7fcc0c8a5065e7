//! `baseline`: what would give a pod its node.

use super::{Check, Container, Field, Found, Pod, Standard};
use crate::review::quote::quotation;

const CAPABILITIES: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// Kernel parameters that stay within a pod, with the version since which each is allowed.
const SYSCTLS: [(&str, u32); 14] = [
    ("kernel.shm_rmid_forced", 0),
    ("net.ipv4.ip_local_port_range", 0),
    ("net.ipv4.ip_unprivileged_port_start", 0),
    ("net.ipv4.ping_group_range", 0),
    ("net.ipv4.tcp_syncookies", 0),
    ("net.ipv4.ip_local_reserved_ports", 27),
    ("net.ipv4.tcp_fin_timeout", 29),
    ("net.ipv4.tcp_keepalive_intvl", 29),
    ("net.ipv4.tcp_keepalive_probes", 29),
    ("net.ipv4.tcp_keepalive_time", 29),
    ("net.ipv4.tcp_rmem", 32),
    ("net.ipv4.tcp_wmem", 32),
    ("net.ipv4.tcp_notsent_lowat", 37),
    ("net.ipv4.tcp_slow_start_after_idle", 37),
];

const APP_ARMOR_ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";

pub(super) fn check<'a>(found: &mut Found<'a>, pod: &Pod<'a>, standard: Standard) {
    for name in ["hostNetwork", "hostPID", "hostIPC"] {
        let at = pod.spec.get(name);
        if !at.is_off() {
            found.of_pod(Check::HostNamespaces, at, format!("the pod has `{name}: true`"));
        }
    }
    for volume in pod.spec.get("volumes").items() {
        let at = volume.get("hostPath");
        if !at.is_absent() {
            let wrong = format!("volume `{}` is a path of the node", quotation(volume.get("name").text_or_empty()));
            found.of_pod(Check::HostPathVolumes, at, wrong);
        }
    }
    for sysctl in pod.setting("sysctls").items() {
        let name = sysctl.get("name");
        let text = name.text_or_empty();
        if !SYSCTLS.iter().any(|(allowed, since)| *allowed == text && standard.is_since(*since)) {
            let wrong = format!("the kernel parameter `{}` is none of a pod's own", quotation(text));
            found.of_pod(Check::Sysctls, name, wrong);
        }
    }
    for (key, value) in pod.metadata.get("annotations").entries() {
        let text = value.text_or_empty();
        let is_allowed = text.is_empty() || text == "runtime/default" || text.starts_with("localhost/");
        if key.starts_with(APP_ARMOR_ANNOTATION) && !is_allowed {
            found.of_pod(Check::AppArmorProfile, value, "an annotation switches AppArmor off");
        }
    }
    let is_let_off = standard.lets_root_off(pod);
    whole_pod(found, pod, standard);
    for container in &pod.containers {
        of_container(found, container, standard);
        if !is_let_off {
            proc_mount(found, container);
        }
        if standard.is_since(34) {
            hosts(found, container);
        }
    }
}

/// What may be said of the whole pod, too.
fn whole_pod<'a>(found: &mut Found<'a>, pod: &Pod<'a>, standard: Standard) {
    if let Some(at) = bad_profile(&pod.setting("appArmorProfile")) {
        found.of_pod(
            Check::AppArmorProfile,
            at,
            "the pod's AppArmor profile is neither `RuntimeDefault` nor `Localhost`",
        );
    }
    if let Some(at) = bad_profile(&pod.setting("seccompProfile")) {
        found.of_pod(
            Check::SeccompProfile,
            at,
            "the pod's seccomp profile is neither `RuntimeDefault` nor `Localhost`",
        );
    }
    for at in bad_options(&pod.setting("seLinuxOptions"), standard) {
        found.of_pod(Check::SeLinuxOptions, at, "the pod sets an option of SELinux that frees it");
    }
    let at = pod.setting("windowsOptions").get("hostProcess");
    if !at.is_off() {
        found.of_pod(Check::WindowsHostProcess, at, "the pod runs as processes of its Windows node");
    }
}

fn of_container<'a>(found: &mut Found<'a>, container: &Container<'a>, standard: Standard) {
    let at = container.setting("privileged");
    if !at.is_off() {
        found.of_container(Check::Privileged, container, at, "has `privileged: true`");
    }
    for port in container.field.get("ports").items() {
        let at = port.get("hostPort");
        if !at.is_absent() && at.integer() != Some(0) {
            found.of_container(Check::HostPorts, container, at, "opens a port of its node");
        }
    }
    for at in container.setting("capabilities").get("add").items() {
        if !at.text().is_some_and(|name| CAPABILITIES.contains(&name)) {
            let wrong = format!("adds the capability `{}`", quotation(at.text_or_empty()));
            found.of_container(Check::Capabilities, container, at, &wrong);
        }
    }
    if let Some(at) = bad_profile(&container.setting("appArmorProfile")) {
        let wrong = "has an AppArmor profile that is neither `RuntimeDefault` nor `Localhost`";
        found.of_container(Check::AppArmorProfile, container, at, wrong);
    }
    if let Some(at) = bad_profile(&container.setting("seccompProfile")) {
        let wrong = "has a seccomp profile that is neither `RuntimeDefault` nor `Localhost`";
        found.of_container(Check::SeccompProfile, container, at, wrong);
    }
    for at in bad_options(&container.setting("seLinuxOptions"), standard) {
        found.of_container(Check::SeLinuxOptions, container, at, "sets an option of SELinux that frees it");
    }
    let at = container.setting("windowsOptions").get("hostProcess");
    if !at.is_off() {
        found.of_container(Check::WindowsHostProcess, container, at, "runs as a process of its Windows node");
    }
}

/// `/proc` without the masks: `baseline` lets it be in a namespace of users, `restricted` never.
pub(super) fn proc_mount<'a>(found: &mut Found<'a>, container: &Container<'a>) {
    let at = container.setting("procMount");
    if !at.is_absent() && at.text() != Some("Default") {
        found.of_container(Check::ProcMount, container, at, "mounts `/proc` without its masks");
    }
}

/// A probe that names its host makes the kubelet call it.
fn hosts<'a>(found: &mut Found<'a>, container: &Container<'a>) {
    let field = &container.field;
    let handlers = [
        field.get("livenessProbe"),
        field.get("readinessProbe"),
        field.get("startupProbe"),
        field.at(["lifecycle", "postStart"]),
        field.at(["lifecycle", "preStop"]),
    ];
    for handler in handlers {
        for action in ["httpGet", "tcpSocket"] {
            let at = handler.at([action, "host"]);
            if !at.is_absent() && at.text() != Some("") {
                found.of_container(
                    Check::HostProbesAndHostLifecycle,
                    container,
                    at,
                    "has its node call a host of its choice",
                );
            }
        }
    }
}

/// The type of a profile, if there is a profile of another type than the two.
fn bad_profile<'a>(profile: &Field<'a>) -> Option<Field<'a>> {
    let at = profile.get("type");
    let is_allowed = profile.is_absent() || matches!(at.text(), Some("RuntimeDefault" | "Localhost"));
    (!is_allowed).then_some(at)
}

/// The options of `SELinux` that nobody may set.
fn bad_options<'a>(options: &Field<'a>, standard: Standard) -> Vec<Field<'a>> {
    const TYPES: [&str; 4] = ["", "container_t", "container_init_t", "container_kvm_t"];
    let mut bad = Vec::new();
    let kind = options.get("type");
    let is_allowed = |text| TYPES.contains(&text) || (text == "container_engine_t" && standard.is_since(31));
    if !kind.is_absent() && !kind.text().is_some_and(is_allowed) {
        bad.push(kind);
    }
    for name in ["user", "role"] {
        let at = options.get(name);
        if !at.is_absent() && at.text() != Some("") {
            bad.push(at);
        }
    }
    bad
}
