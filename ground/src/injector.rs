//! A stand-in for Linkerd's proxy injector: adds to a pod what the real one (edge-26.8.3, CNI mode) was seen to add.
//!
//! `stand-ins/linkerd-injector.json` holds the containers and volumes as the real injector printed them for a pod without
//! any annotation; what depends on the pod is written over it here.

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::tree::text;

const ADDED: &str = include_str!("../stand-ins/linkerd-injector.json");
const IMAGE: &str = "cr.l5d.io/linkerd/proxy";

/// The pod as the injector would hand it on, or none when it leaves the pod alone.
pub(crate) fn injected(pod: &Value, namespace: &str) -> Result<Option<Value>> {
    let annotations = &pod["metadata"]["annotations"];
    let has_proxy = containers(pod).any(|container| container["name"] == "linkerd-proxy");
    if annotations["linkerd.io/inject"] != "enabled" || has_proxy {
        return Ok(None);
    }
    let mut added: Value = serde_json::from_str(ADDED).context("stand-ins/linkerd-injector.json is no JSON")?;
    let resources = resources(annotations);
    let version = annotations["config.linkerd.io/proxy-version"].as_str();
    for name in ["validator", "proxy"] {
        added[name]["resources"] = resources.clone();
        if let Some(version) = version {
            added[name]["image"] = json!(format!("{IMAGE}:{version}"));
        }
    }
    environment(&mut added["proxy"], pod)?;

    let mut pod = pod.clone();
    let labels = object(&mut pod["metadata"]["labels"])?;
    labels.insert("linkerd.io/control-plane-ns".to_owned(), json!("linkerd"));
    labels.insert("linkerd.io/workload-ns".to_owned(), json!(namespace));
    let annotations = object(&mut pod["metadata"]["annotations"])?;
    annotations.insert("linkerd.io/created-by".to_owned(), json!("linkerd/proxy-injector stand-in"));
    annotations.insert("linkerd.io/proxy-version".to_owned(), json!(version.unwrap_or("dev-undefined")));
    annotations.insert("linkerd.io/trust-root-sha256".to_owned(), json!("0".repeat(64)));
    let first = [added["validator"].take(), added["proxy"].take()];
    list(&mut pod["spec"]["initContainers"])?.splice(0..0, first);
    let volumes = added["volumes"].as_array().cloned().unwrap_or_default();
    list(&mut pod["spec"]["volumes"])?.extend(volumes);
    Ok(Some(pod))
}

/// The JSON patch that turns the pod into the injected one.
pub(crate) fn patch(pod: &Value, namespace: &str) -> Result<Option<Value>> {
    Ok(injected(pod, namespace)?.map(|injected| {
        json!([
            {"op": "replace", "path": "/metadata", "value": injected["metadata"]},
            {"op": "replace", "path": "/spec", "value": injected["spec"]},
        ])
    }))
}

/// Every container of a pod, those that start first included.
pub(crate) fn containers(pod: &Value) -> impl Iterator<Item = &Value> {
    ["initContainers", "containers"].into_iter().filter_map(|list| pod["spec"][list].as_array()).flatten()
}

fn resources(annotations: &Value) -> Value {
    let mut resources = Map::new();
    for (key, place, what) in [
        ("config.linkerd.io/proxy-memory-limit", "limits", "memory"),
        ("config.linkerd.io/proxy-cpu-limit", "limits", "cpu"),
        ("config.linkerd.io/proxy-memory-request", "requests", "memory"),
        ("config.linkerd.io/proxy-cpu-request", "requests", "cpu"),
    ] {
        if let Some(quantity) = annotations[key].as_str() {
            resources.entry(place).or_insert_with(|| json!({}))[what] = json!(quantity);
        }
    }
    Value::Object(resources)
}

fn environment(proxy: &mut Value, pod: &Value) -> Result<()> {
    let annotations = &pod["metadata"]["annotations"];
    let ports: Vec<String> = pod["spec"]["containers"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|container| container["ports"].as_array())
        .flatten()
        .map(|port| port["containerPort"].to_string())
        .collect();
    let mut set = vec![("LINKERD2_PROXY_INBOUND_PORTS", ports.join(","))];
    for (annotation, variable) in [
        ("config.linkerd.io/default-inbound-policy", "LINKERD2_PROXY_INBOUND_DEFAULT_POLICY"),
        ("config.linkerd.io/opaque-ports", "LINKERD2_PROXY_INBOUND_PORTS_DISABLE_PROTOCOL_DETECTION"),
        ("config.linkerd.io/access-log", "LINKERD2_PROXY_ACCESS_LOG"),
    ] {
        if let Some(value) = annotations[annotation].as_str() {
            set.push((variable, value.to_owned()));
        }
    }
    let variables = list(&mut proxy["env"])?;
    for (name, value) in set {
        let value = if value.is_empty() { json!({"name": name}) } else { json!({"name": name, "value": value}) };
        match variables.iter_mut().find(|variable| text(&variable["name"]) == name) {
            Some(variable) => *variable = value,
            None => variables.push(value),
        }
    }
    Ok(())
}

fn object(value: &mut Value) -> Result<&mut Map<String, Value>> {
    if value.is_null() {
        *value = json!({});
    }
    value.as_object_mut().context("labels and annotations are maps")
}

fn list(value: &mut Value) -> Result<&mut Vec<Value>> {
    if value.is_null() {
        *value = json!([]);
    }
    value.as_array_mut().context("containers, volumes and variables are lists")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pod(annotations: &Value) -> Value {
        json!({
            "metadata": {"name": "web", "annotations": annotations},
            "spec": {
                "containers": [{"name": "web", "ports": [{"containerPort": 8080}, {"containerPort": 9090}]}],
                "initContainers": [{"name": "prepare"}],
            },
        })
    }

    /// What the real injector (edge-26.8.3) printed for four pods; the API server had filled in defaults.
    #[test]
    fn pods_come_out_as_from_the_real_injector() {
        let cases: Value = serde_json::from_str(include_str!("../stand-ins/linkerd-injected.json")).unwrap();
        let by_name = |variables: &Value| -> Map<String, Value> {
            let variables = variables.as_array().unwrap().iter();
            variables.map(|one| (text(&one["name"]).to_owned(), one.clone())).collect()
        };
        for case in cases.as_array().unwrap() {
            let ours = injected(&case["pod"], "t").unwrap().unwrap();
            assert_eq!(ours["metadata"]["labels"], case["labels"]);
            let mut annotations: Vec<&String> = ours["metadata"]["annotations"].as_object().unwrap().keys().collect();
            annotations.sort();
            assert_eq!(json!(annotations), case["annotations"]);
            assert_eq!(ours["spec"]["volumes"], case["volumes"]);
            for number in [0, 1] {
                let (mut ours, mut theirs) =
                    (ours["spec"]["initContainers"][number].clone(), case["initContainers"][number].clone());
                if number == 1 {
                    assert_eq!(by_name(&ours["env"].take()), by_name(&theirs["env"].take()));
                }
                assert_eq!(ours, theirs, "{}", case["pod"]["metadata"]["name"]);
            }
        }
    }

    #[test]
    fn a_pod_that_does_not_ask_is_left_alone() {
        assert_eq!(injected(&pod(&json!({})), "shop").unwrap(), None);
        let once = injected(&pod(&json!({"linkerd.io/inject": "enabled"})), "shop").unwrap().unwrap();
        assert_eq!(injected(&once, "shop").unwrap(), None, "injected twice");
    }

    #[test]
    fn the_proxy_comes_first_and_takes_what_the_pod_says() {
        let pod = pod(&json!({
            "linkerd.io/inject": "enabled",
            "config.linkerd.io/proxy-memory-limit": "128Mi",
            "config.linkerd.io/proxy-version": "edge-1@sha256:00",
            "config.linkerd.io/default-inbound-policy": "deny",
        }));
        let injected = injected(&pod, "shop").unwrap().unwrap();
        let names: Vec<&str> = containers(&injected).map(|container| text(&container["name"])).collect();
        assert_eq!(names, ["linkerd-network-validator", "linkerd-proxy", "prepare", "web"]);
        let proxy = &injected["spec"]["initContainers"][1];
        assert_eq!(proxy["image"], "cr.l5d.io/linkerd/proxy:edge-1@sha256:00");
        assert_eq!(proxy["resources"], json!({"limits": {"memory": "128Mi"}}));
        let variable = |name: &str| {
            let variables = proxy["env"].as_array().unwrap();
            variables.iter().find(|one| one["name"] == name).map(|one| one["value"].clone()).unwrap()
        };
        assert_eq!(variable("LINKERD2_PROXY_INBOUND_PORTS"), "8080,9090");
        assert_eq!(variable("LINKERD2_PROXY_INBOUND_DEFAULT_POLICY"), "deny");
    }
}
