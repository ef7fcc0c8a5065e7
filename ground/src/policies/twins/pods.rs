//! Pods, injected as they are admitted.

use serde_json::{Value, json};

use super::{Of, Twin, twin};

pub(super) const TWINS: &[Twin] = &[
    pod("read-only-root-filesystem", "says nothing", |pod| remove(security(pod), "readOnlyRootFilesystem")),
    pod("read-only-root-filesystem", "says it of no sidecar", |pod| {
        set(&mut pod["spec"]["initContainers"][1]["securityContext"]["readOnlyRootFilesystem"], json!(false))
    }),
    pod("run-as-non-root", "says nothing, nor does its pod", |pod| {
        remove(&mut pod["spec"]["securityContext"], "runAsNonRoot") && remove(security(pod), "runAsNonRoot")
    }),
    pod("run-as-non-root", "takes back what its pod says", |pod| set(&mut security(pod)["runAsNonRoot"], json!(false))),
    pod("numeric-user", "has no number", |pod| remove(security(pod), "runAsUser")),
    pod("numeric-user", "is root", |pod| set(&mut security(pod)["runAsUser"], json!(0))),
    pod("numeric-user", "is the proxy", |pod| set(&mut security(pod)["runAsUser"], json!(2102))),
    pod("no-privilege-escalation", "says nothing", |pod| remove(security(pod), "allowPrivilegeEscalation")),
    pod("no-privilege-escalation", "lets a container that starts first", |pod| {
        set(&mut pod["spec"]["initContainers"][0]["securityContext"]["allowPrivilegeEscalation"], json!(true))
    }),
    pod("drop-all-capabilities", "drops none", |pod| remove(security(pod), "capabilities")),
    pod("drop-all-capabilities", "drops `all` in lower case, which some runtimes do not know", |pod| {
        set(&mut security(pod)["capabilities"]["drop"], json!(["all"]))
    }),
    pod("drop-all-capabilities", "adds one", |pod| {
        set(&mut security(pod)["capabilities"]["add"], json!(["NET_ADMIN"]))
    }),
    pod("runtime-default-seccomp", "says nothing, nor does its pod", |pod| {
        remove(&mut pod["spec"]["securityContext"], "seccompProfile") && remove(security(pod), "seccompProfile")
    }),
    pod("runtime-default-seccomp", "takes back what its pod says", |pod| {
        set(&mut security(pod)["seccompProfile"]["type"], json!("Unconfined"))
    }),
    pod("not-privileged", "is", |pod| set(&mut security(pod)["privileged"], json!(true))),
    pod("not-privileged", "is, in a sidecar", |pod| {
        set(&mut pod["spec"]["initContainers"][1]["securityContext"]["privileged"], json!(true))
    }),
    pod("no-host-namespaces", "has the node's network", |pod| {
        // Kubernetes itself refuses it together with what belongs to a network of one's own.
        pod["spec"]["securityContext"]["sysctls"].is_null() && set(&mut pod["spec"]["hostNetwork"], json!(true))
    }),
    pod("no-host-namespaces", "sees the node's processes", |pod| set(&mut pod["spec"]["hostPID"], json!(true))),
    pod("no-host-namespaces", "shares the node's memory", |pod| set(&mut pod["spec"]["hostIPC"], json!(true))),
    pod("no-host-path", "mounts one", |pod| {
        add(&mut pod["spec"]["volumes"], json!({"name": "node", "hostPath": {"path": "/"}}))
    }),
    pod("no-host-port", "opens one", |pod| {
        add(&mut pod["spec"]["containers"][0]["ports"], json!({"containerPort": 9, "hostPort": 9}))
    }),
    pod("tag-and-digest", "has no digest", |pod| change_image(pod, |image| Some(image.split_once('@')?.0.to_owned()))),
    pod("tag-and-digest", "has no tag", |pod| {
        change_image(pod, |image| {
            let (tagged, digest) = image.split_once('@')?;
            Some(format!("{}@{digest}", tagged.rsplit_once(':')?.0))
        })
    }),
    pod("tag-and-digest", "is the latest", |pod| {
        change_image(pod, |image| {
            let (tagged, digest) = image.split_once('@')?;
            Some(format!("{}:latest@{digest}", tagged.rsplit_once(':')?.0))
        })
    }),
    pod("tag-and-digest", "mounts an image without them", |pod| {
        add(&mut pod["spec"]["volumes"], json!({"name": "image", "image": {"reference": "registry.example.com/files"}}))
    }),
    pod("requests-and-memory-limit", "has no limit", |pod| {
        remove(&mut pod["spec"]["containers"][0]["resources"]["limits"], "memory")
    }),
    pod("requests-and-memory-limit", "has no resources", |pod| remove(&mut pod["spec"]["containers"][0], "resources")),
    pod("requests-and-memory-limit", "requests no cpu for the proxy", |pod| {
        remove(&mut pod["spec"]["initContainers"][1]["resources"]["requests"], "cpu")
    }),
    pod("own-service-account", "has none", |pod| remove(&mut pod["spec"], "serviceAccountName")),
    pod("own-service-account", "has everybody's", |pod| {
        // One that needs no token: otherwise it would be another account without one.
        has_no_token(pod) && set(&mut pod["spec"]["serviceAccountName"], json!("default"))
    }),
    pod("no-unasked-token", "leaves it to its account", |pod| remove(&mut pod["spec"], "automountServiceAccountToken")),
    pod("no-unasked-token", "mounts one", |pod| {
        has_no_token(pod)
            && add(
                &mut pod["spec"]["volumes"],
                json!({"name": "t", "projected": {"sources": [{"serviceAccountToken": {"path": "token"}}]}}),
            )
    }),
    pod("no-credential-literals", "has a password", |pod| {
        add(&mut pod["spec"]["containers"][0]["env"], json!({"name": "DB_PASSWORD", "value": "hunter2"}))
    }),
    pod("no-credential-literals", "has a key in camel case, with a number", |pod| {
        add(&mut pod["spec"]["initContainers"][0]["env"], json!({"name": "clientSecret_2", "value": "hunter2"}))
    }),
    pod("injected-proxy", "has none", |pod| {
        pod["spec"]["initContainers"].as_array_mut().is_some_and(|list| {
            list.retain(|container| container["name"] != "linkerd-proxy");
            true
        })
    }),
    pod("injected-proxy", "has something that bears its name", |pod| {
        let image = format!("registry.example.com/pause:1.0.0@sha256:{}", "1".repeat(64));
        set(&mut pod["spec"]["initContainers"][1]["image"], json!(image))
    }),
    pod("our-mesh-settings", "lets a port pass the mesh by", |pod| {
        annotate(pod, "config.linkerd.io/skip-inbound-ports", "8080")
    }),
    pod("our-mesh-settings", "lets everybody in", |pod| {
        annotate(pod, "config.linkerd.io/default-inbound-policy", "all-unauthenticated")
    }),
    pod("our-mesh-settings", "has a setting of another age", |pod| {
        annotate(pod, "config.beta.linkerd.io/proxy-enable-native-sidecar", "false")
    }),
    pod("our-mesh-settings", "has a proxy that judges no TLS", |pod| annotate(pod, "linkerd.io/inject", "ingress")),
    debugger("its root file system is writable", |pod| remove(debugger_security(pod), "readOnlyRootFilesystem")),
    debugger("it may escalate", |pod| remove(debugger_security(pod), "allowPrivilegeEscalation")),
    debugger("it has capabilities", |pod| set(&mut debugger_security(pod)["capabilities"]["drop"], json!(["NET_RAW"]))),
    debugger("it is root", |pod| set(&mut debugger_security(pod)["runAsNonRoot"], json!(false))),
    debugger("its system calls are not filtered", |pod| {
        set(&mut debugger_security(pod)["seccompProfile"]["type"], json!("Unconfined"))
    }),
    debugger("it is the proxy", |pod| set(&mut debugger_security(pod)["runAsUser"], json!(2102))),
];

const fn pod(policy: &'static str, broken: &'static str, change: fn(&mut Value) -> bool) -> Twin {
    twin(policy, Of::Pod, broken, change)
}

const fn debugger(broken: &'static str, change: fn(&mut Value) -> bool) -> Twin {
    twin("ephemeral-containers", Of::Debugged, broken, change)
}

/// The pod with a container for debugging, as careful as can be.
pub(super) fn debugged(mut pod: Value) -> Value {
    let container = json!({"name": "debugger", "image": "busybox:1.37", "securityContext": {
        "readOnlyRootFilesystem": true,
        "runAsNonRoot": true,
        "runAsUser": 65532,
        "allowPrivilegeEscalation": false,
        "capabilities": {"drop": ["ALL"]},
        "seccompProfile": {"type": "RuntimeDefault"},
    }});
    pod["spec"]["ephemeralContainers"] = json!([container]);
    pod
}

fn security(pod: &mut Value) -> &mut Value {
    &mut pod["spec"]["containers"][0]["securityContext"]
}

fn debugger_security(pod: &mut Value) -> &mut Value {
    &mut pod["spec"]["ephemeralContainers"][0]["securityContext"]
}

fn has_no_token(pod: &Value) -> bool {
    let volumes = crate::pods::each(&pod["spec"]["volumes"]);
    volumes.flat_map(|volume| crate::pods::each(&volume["projected"]["sources"])).all(|source| {
        let token = &source["serviceAccountToken"];
        token.is_null() || token["audience"].is_string()
    })
}

fn change_image(pod: &mut Value, change: fn(&str) -> Option<String>) -> bool {
    let image = &mut pod["spec"]["containers"][0]["image"];
    let Some(changed) = image.as_str().and_then(change) else { return false };
    set(image, json!(changed))
}

fn annotate(object: &mut Value, key: &str, value: &str) -> bool {
    set(&mut object["metadata"]["annotations"][key], json!(value))
}

pub(super) fn set(place: &mut Value, value: Value) -> bool {
    *place = value;
    true
}

pub(super) fn remove(object: &mut Value, field: &str) -> bool {
    object.as_object_mut().is_some_and(|object| object.remove(field).is_some())
}

pub(super) fn add(list: &mut Value, item: Value) -> bool {
    if list.is_null() {
        *list = json!([]);
    }
    list.as_array_mut().is_some_and(|list| {
        list.push(item);
        true
    })
}
