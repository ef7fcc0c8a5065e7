//! Pod Security `restricted`, as the standard says it (the checks and names of Kubernetes' own admission plugin, v1.37).
//!
//! Every check visits init, ordinary and ephemeral containers.

use serde_json::Value;

use crate::field::{at, has, list, number, pairs, text, texts};

/// A check of the standard: its name, and what it finds wrong with a pod, if anything.
type Check = (&'static str, fn(&Value) -> Option<String>);

const CHECKS: [Check; 16] = [
    ("hostNamespaces", host_namespaces),
    ("privileged", privileged),
    ("hostPathVolumes", host_path_volumes),
    ("hostPorts", host_ports),
    ("hostProbesAndHostLifecycle", host_probes),
    ("appArmorProfile", app_armor),
    ("seLinuxOptions", se_linux),
    ("procMount", proc_mount),
    ("seccompProfile", seccomp),
    ("sysctls", sysctls),
    ("windowsHostProcess", windows_host_process),
    ("allowPrivilegeEscalation", privilege_escalation),
    ("capabilities", capabilities),
    ("runAsNonRoot", run_as_non_root),
    ("runAsUser", run_as_user),
    ("restrictedVolumes", volumes),
];

const SAFE_SYSCTLS: [&str; 14] = [
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.ping_group_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_wmem",
    "net.ipv4.tcp_slow_start_after_idle",
    "net.ipv4.tcp_notsent_lowat",
];

const ALLOWED_VOLUMES: [&str; 9] = [
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

/// How many checks there are.
pub(crate) const COUNT: usize = CHECKS.len();

/// What `restricted` refuses about a pod (an object with `metadata` and `spec`): the check and a sentence, each.
#[must_use]
pub fn restricted(pod: &Value) -> Vec<(&'static str, String)> {
    CHECKS.iter().filter_map(|(name, check)| check(pod).map(|sentence| (*name, sentence))).collect()
}

fn containers(pod: &Value) -> impl Iterator<Item = &Value> {
    let spec = at(pod, "spec");
    ["initContainers", "containers", "ephemeralContainers"].into_iter().flat_map(move |field| list(spec, field))
}

/// The security contexts of the pod and of each container.
fn contexts(pod: &Value) -> impl Iterator<Item = &Value> {
    let of_containers = containers(pod).map(|container| at(container, "securityContext"));
    std::iter::once(at(pod, "spec.securityContext")).chain(of_containers)
}

fn is_windows(pod: &Value) -> bool {
    text(pod, "spec.os.name") == "windows"
}

fn any_container(pod: &Value, what: &str, bad: impl Fn(&Value) -> bool) -> Option<String> {
    let found = containers(pod).find(|container| bad(container))?;
    Some(format!("container `{}` {what}", text(found, "name")))
}

fn host_namespaces(pod: &Value) -> Option<String> {
    let fields = ["hostNetwork", "hostPID", "hostIPC"];
    let field = fields.into_iter().find(|field| at(pod, "spec").get(field) == Some(&Value::Bool(true)))?;
    Some(format!("`{field}` is true"))
}

fn privileged(pod: &Value) -> Option<String> {
    any_container(pod, "is privileged", |container| at(container, "securityContext.privileged") == &Value::Bool(true))
}

fn host_path_volumes(pod: &Value) -> Option<String> {
    let volume = list(pod, "spec.volumes").iter().find(|volume| has(volume, "hostPath"))?;
    Some(format!("volume `{}` is a path of the host", text(volume, "name")))
}

fn host_ports(pod: &Value) -> Option<String> {
    any_container(pod, "takes a port of the host", |container| {
        list(container, "ports").iter().any(|port| number(port, "hostPort").is_some_and(|port| port != 0))
    })
}

fn host_probes(pod: &Value) -> Option<String> {
    const PROBES: [&str; 5] =
        ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"];
    any_container(pod, "has a probe or a hook that names a host", |container| {
        PROBES
            .iter()
            .map(|probe| at(container, probe))
            .any(|probe| ["httpGet.host", "tcpSocket.host"].iter().any(|host| !text(probe, host).is_empty()))
    })
}

fn app_armor(pod: &Value) -> Option<String> {
    let field = contexts(pod).any(|context| {
        has(context, "appArmorProfile")
            && !["RuntimeDefault", "Localhost"].contains(&text(context, "appArmorProfile.type"))
    });
    let annotation = pairs(pod, "metadata.annotations").into_iter().any(|(key, profile)| {
        key.starts_with("container.apparmor.security.beta.kubernetes.io/")
            && !(profile.is_empty() || profile == "runtime/default" || profile.starts_with("localhost/"))
    });
    (field || annotation).then(|| "an AppArmor profile is neither the runtime's nor a local one".to_owned())
}

fn se_linux(pod: &Value) -> Option<String> {
    const TYPES: [&str; 5] = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];
    let bad = contexts(pod).map(|context| at(context, "seLinuxOptions")).any(|options| {
        !TYPES.contains(&text(options, "type"))
            || !text(options, "user").is_empty()
            || !text(options, "role").is_empty()
    });
    bad.then(|| "an SELinux type, user or role is not allowed".to_owned())
}

fn proc_mount(pod: &Value) -> Option<String> {
    any_container(pod, "has an unmasked /proc", |container| {
        !["", "Default"].contains(&text(container, "securityContext.procMount"))
    })
}

fn seccomp(pod: &Value) -> Option<String> {
    let good = |context: &Value| ["RuntimeDefault", "Localhost"].contains(&text(context, "seccompProfile.type"));
    if is_windows(pod) {
        let bad = contexts(pod).any(|context| text(context, "seccompProfile.type") == "Unconfined");
        return bad.then(|| "a seccomp profile is Unconfined".to_owned());
    }
    let of_pod = at(pod, "spec.securityContext");
    if has(of_pod, "seccompProfile") && !good(of_pod) {
        return Some("the pod's seccomp profile is neither the runtime's nor a local one".to_owned());
    }
    any_container(pod, "has a seccomp profile that is neither the runtime's nor a local one", |container| {
        let own = at(container, "securityContext");
        if has(own, "seccompProfile") { !good(own) } else { !good(of_pod) }
    })
}

fn sysctls(pod: &Value) -> Option<String> {
    let sysctls = list(pod, "spec.securityContext.sysctls");
    let unsafe_one = sysctls.iter().find(|sysctl| !SAFE_SYSCTLS.contains(&text(sysctl, "name")))?;
    Some(format!("the sysctl `{}` is not safe", text(unsafe_one, "name")))
}

fn windows_host_process(pod: &Value) -> Option<String> {
    let bad = contexts(pod).any(|context| at(context, "windowsOptions.hostProcess") == &Value::Bool(true));
    bad.then(|| "a process of the Windows host".to_owned())
}

fn privilege_escalation(pod: &Value) -> Option<String> {
    if is_windows(pod) {
        return None;
    }
    any_container(pod, "may escalate privileges", |container| {
        at(container, "securityContext.allowPrivilegeEscalation") != &Value::Bool(false)
    })
}

fn capabilities(pod: &Value) -> Option<String> {
    if is_windows(pod) {
        return None;
    }
    any_container(pod, "does not drop ALL, or adds more than NET_BIND_SERVICE", |container| {
        let drops = texts(container, "securityContext.capabilities.drop").contains(&"ALL");
        let adds =
            texts(container, "securityContext.capabilities.add").iter().any(|added| *added != "NET_BIND_SERVICE");
        !drops || adds
    })
}

fn run_as_non_root(pod: &Value) -> Option<String> {
    let of_pod = at(pod, "spec.securityContext.runAsNonRoot");
    any_container(pod, "may run as root", |container| {
        let own = at(container, "securityContext.runAsNonRoot");
        let effective = if own.is_null() { of_pod } else { own };
        effective != &Value::Bool(true)
    })
    .or_else(|| (of_pod == &Value::Bool(false)).then(|| "the pod may run as root".to_owned()))
}

fn run_as_user(pod: &Value) -> Option<String> {
    contexts(pod).any(|context| number(context, "runAsUser") == Some(0)).then(|| "something runs as uid 0".to_owned())
}

fn volumes(pod: &Value) -> Option<String> {
    let refused = |volume: &&Value| {
        let sources =
            volume.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).filter(|key| *key != "name");
        // The API server makes an emptyDir of a volume without a source. This oracle wants to see it.
        let sources: Vec<_> = sources.collect();
        sources.is_empty() || sources.iter().any(|source| !ALLOWED_VOLUMES.contains(source))
    };
    let volume = list(pod, "spec.volumes").iter().find(refused)?;
    Some(format!("volume `{}` is of a kind that is not allowed", text(volume, "name")))
}
