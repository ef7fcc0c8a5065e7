//! Pods of the platform, which get what they leave unsaid.

use anyhow::Result;
use serde_json::{Value, json};

use super::engine::Engine;
use super::request::{Cluster, ELSEWHERE};
use crate::table::Findings;
use crate::tree::text;

/// Asks for each pod, and again for what came of it.
pub(super) fn mutated(engine: &Engine, cluster: &Cluster, findings: &mut Findings) -> Result<()> {
    let pods = pods(cluster)?;
    let once: Vec<_> = pods.iter().map(|pod| cluster.created(pod.before.clone())).collect();
    let answers = engine.ask(&once)?;
    let after: Vec<Value> = answers
        .into_iter()
        .zip(&pods)
        .map(|(answer, pod)| answer.patched.unwrap_or_else(|| pod.before.clone()))
        .collect();
    for (pod, after) in pods.iter().zip(&after) {
        findings
            .check(pod.name, *after == pod.after, || format!("it became {}, not {}", after["spec"], pod.after["spec"]));
    }
    let twice: Vec<_> = after.iter().map(|pod| cluster.created(pod.clone())).collect();
    for ((pod, answer), after) in pods.iter().zip(engine.ask(&twice)?).zip(after) {
        let again = answer.patched.unwrap_or_else(|| after.clone());
        findings.check(&format!("{}, twice", pod.name), again == after, || format!("it became {}", again["spec"]));
    }
    Ok(())
}

/// A pod before and after.
#[derive(Debug)]
pub(super) struct Pod {
    pub(super) name: &'static str,
    pub(super) before: Value,
    pub(super) after: Value,
}

pub(super) fn pods(cluster: &Cluster) -> Result<Vec<Pod>> {
    let ours = text(&cluster.of_services()?["metadata"]["name"]).to_owned();
    let pod = |namespace: &str, spec: Value| json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": namespace}, "spec": spec});
    let elsewhere = |name, before, after| Pod { name, before: pod(ELSEWHERE, before), after: pod(ELSEWHERE, after) };
    let container = |security: Value| json!({"name": "c", "image": "busybox", "securityContext": security});
    let seccomp = json!({"seccompProfile": {"type": "RuntimeDefault"}});
    let bare = json!({"containers": [{"name": "c", "image": "busybox"}]});
    let shut = |list: Value| json!({"containers": list, "securityContext": seccomp, "enableServiceLinks": false});
    let privileged = json!([container(json!({"privileged": true}))]);
    let capable = json!([container(json!({"capabilities": {"add": ["NET_BIND_SERVICE"]}}))]);
    let spoken = json!({
        "containers": [container(json!({"allowPrivilegeEscalation": true, "seccompProfile": {"type": "Unconfined"}}))],
        "securityContext": {"runAsUser": 5, "seccompProfile": {"type": "Localhost", "localhostProfile": "p.json"}},
        "enableServiceLinks": false,
    });
    let closed = json!([container(json!({"allowPrivilegeEscalation": false}))]);
    let first = json!({"containers": [container(json!({"runAsUser": 5}))], "initContainers": [{"name": "i", "image": "busybox"}],
        "securityContext": {}, "enableServiceLinks": true});
    let first_after = json!({
        "containers": [container(json!({"runAsUser": 5, "allowPrivilegeEscalation": false}))],
        "initContainers": [{"name": "i", "image": "busybox", "securityContext": {"allowPrivilegeEscalation": false}}],
        "securityContext": seccomp, "enableServiceLinks": false});
    Ok(vec![
        elsewhere("a pod that says nothing", bare.clone(), shut(closed)),
        elsewhere("a pod with containers that start first", first, first_after),
        elsewhere("a privileged pod", json!({"containers": privileged}), shut(privileged.clone())),
        elsewhere("a pod with a capability", json!({"containers": capable}), shut(capable.clone())),
        elsewhere("a pod that says otherwise", spoken.clone(), spoken),
        Pod { name: "a pod of services", before: pod(&ours, bare.clone()), after: pod(&ours, bare.clone()) },
        Pod {
            name: "a pod of kube-system",
            before: pod("kube-system", bare.clone()),
            after: pod("kube-system", bare.clone()),
        },
        Pod { name: "a pod of Kyverno", before: pod("kyverno", bare.clone()), after: pod("kyverno", bare) },
    ])
}
