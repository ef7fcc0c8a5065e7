//! What pods run, and what they may do that a hardened pod may not.

use serde_json::Value;

use super::{Facts, Object, Topic, items, spelled, text};

const TEMPLATES: [&str; 2] = ["/spec/template", "/spec/jobTemplate/spec/template"];

pub(super) fn facts(facts: &mut Facts, object: &Object<'_>) {
    let template = TEMPLATES.iter().find_map(|pointer| object.value.pointer(pointer));
    let (metadata, pod) = match template {
        Some(template) => (template.get("metadata"), template.get("spec")),
        None if object.kind() == "Pod" => (object.value.get("metadata"), object.value.get("spec")),
        None => return,
    };
    let Some(pod) = pod else { return };
    let empty = Value::Null;
    annotations(facts, object, metadata.and_then(|metadata| metadata.get("annotations")).unwrap_or(&empty));
    let mut weak = |what: String| facts.add(object, Topic::Weakness, [object.title(), what], []);
    for field in ["hostNetwork", "hostPID", "hostIPC"] {
        if pod.get(field) == Some(&Value::Bool(true)) {
            weak(format!("shares the node's own: {field}"));
        }
    }
    if pod.get("automountServiceAccountToken") != Some(&Value::Bool(false)) {
        weak("mounts the token of its account".to_owned());
    }
    for volume in items(pod, "/volumes") {
        if let Some(path) = volume.get("hostPath") {
            weak(format!("mounts a path of the node: {}", text(path, "/path")));
        }
    }
    for list in ["/initContainers", "/containers"] {
        for container in items(pod, list) {
            let name = text(container, "/name");
            weaknesses(pod, container, |what| weak(format!("{what} in container {name}")));
        }
    }
    for list in ["/initContainers", "/containers"] {
        for container in items(pod, list) {
            let about = [object.title(), text(container, "/name").to_owned()];
            facts.add(object, Topic::Image, about, [text(container, "/image").to_owned()]);
        }
    }
    for volume in items(pod, "/volumes") {
        if let Some(image) = volume.get("image") {
            let about = [object.title(), format!("volume {}", text(volume, "/name"))];
            facts.add(object, Topic::Image, about, [text(image, "/reference").to_owned()]);
        }
    }
}

/// The mesh's own, on the pod.
fn annotations(facts: &mut Facts, object: &Object<'_>, annotations: &Value) {
    let Some(annotations) = annotations.as_object() else { return };
    for (key, value) in annotations {
        if !(key.starts_with("config.linkerd.io/") || key.starts_with("linkerd.io/"))
            || key.contains("/proxy-cpu-")
            || key.contains("/proxy-memory-")
        {
            continue;
        }
        if key == "config.linkerd.io/proxy-version" {
            let about = [object.title(), "the mesh's proxy".to_owned()];
            facts.add(object, Topic::Image, about, [spelled(value)]);
        } else {
            facts.add(object, Topic::Fence, [object.title(), key.clone()], [spelled(value)]);
        }
    }
}

fn weaknesses(pod: &Value, container: &Value, mut weak: impl FnMut(String)) {
    let yes = Value::Bool(true);
    let own = |field: &str| container.pointer("/securityContext").and_then(|context| context.get(field));
    let shared =
        |field: &str| own(field).or_else(|| pod.pointer("/securityContext").and_then(|context| context.get(field)));
    if own("privileged") == Some(&yes) {
        weak("privileged".to_owned());
    }
    if own("allowPrivilegeEscalation") != Some(&Value::Bool(false)) {
        weak("privilege escalation".to_owned());
    }
    if own("readOnlyRootFilesystem") != Some(&yes) {
        weak("a writable root file system".to_owned());
    }
    if shared("runAsNonRoot") != Some(&yes) {
        weak("root allowed".to_owned());
    }
    if shared("runAsUser") == Some(&Value::from(0)) {
        weak("user 0".to_owned());
    }
    if !items(container, "/securityContext/capabilities/drop").contains(&Value::from("ALL")) {
        weak("capabilities not dropped".to_owned());
    }
    for capability in items(container, "/securityContext/capabilities/add") {
        weak(format!("capability {}", spelled(capability)));
    }
    let seccomp = shared("seccompProfile").map(|profile| text(profile, "/type")).unwrap_or_default();
    if !matches!(seccomp, "RuntimeDefault" | "Localhost") {
        weak("system calls not filtered".to_owned());
    }
    if container.pointer("/resources/limits/memory").is_none() {
        weak("no memory limit".to_owned());
    }
    for port in items(container, "/ports") {
        if let Some(number) = port.get("hostPort") {
            weak(format!("port {} of the node", spelled(number)));
        }
    }
    let image = text(container, "/image");
    if !image.contains("@sha256:") {
        weak("an image without a digest".to_owned());
    }
}

/// Ways in that go round the tunnel.
pub(super) fn of_service(facts: &mut Facts, object: &Object<'_>) {
    let kind = text(&object.value, "/spec/type");
    let mut weak = |what: String| facts.add(object, Topic::Weakness, [object.title(), what], []);
    if !matches!(kind, "" | "ClusterIP") {
        weak(format!("is a Service of type {kind}"));
    }
    for address in items(&object.value, "/spec/externalIPs") {
        weak(format!("takes traffic for {}", spelled(address)));
    }
}
