//! Where pods run, and beside whom.

use serde_json::json;

use crate::breach::{Twin, remove, set};

pub(crate) fn twins() -> Vec<Twin> {
    const STORE: &str = "StatefulSet depot/store";
    const RESOLVER: &str = "DaemonSet depot/resolver";
    const TRAIN: &str = "Job depot/train-0a1b2c3d4e";
    const APART: &str = "/spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0";
    const OWN: &str = "/spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/labelSelector/matchLabels/app.kubernetes.io~1name";
    const NEAR: &str = "/spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/podAffinityTerm/labelSelector/matchLabels/app.kubernetes.io~1name";
    const ELSEWHERE: &str = "/spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/podAffinityTerm/namespaceSelector";
    const NODES: &str = "/spec/template/spec/affinity/nodeAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/preference/matchExpressions/0";
    const TERMS: &str =
        "/spec/template/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms";
    let any_key = || json!({"matchExpressions": [{"key": "example.com/disk", "operator": "Exists"}]});
    vec![
        remove(RESOLVER, "/spec/template/spec/tolerations/0/key", "missing-path"),
        remove(RESOLVER, "/spec/template/spec/tolerations/0/effect", "missing-path"),
        set(RESOLVER, "/spec/template/spec/tolerations/0/value", json!(""), "value"),
        set(RESOLVER, "/spec/template/spec/tolerations/1/value", json!("yes"), "toleration"),
        set(RESOLVER, "/spec/template/spec/tolerations/0/tolerationSeconds", json!(5), "toleration"),
        set(RESOLVER, "/spec/template/spec/tolerations/0", json!({"operator": "Exists"}), "missing-path"),
        set(RESOLVER, "/spec/template/spec/nodeSelector", json!({}), "empty"),
        set(RESOLVER, "/spec/template/spec/nodeName", json!("node-1"), "unknown-path"),
        set(RESOLVER, "/spec/template/spec/hostAliases/0/ip", json!("127.0.0.1"), "value"),
        set(RESOLVER, "/spec/template/spec/hostAliases/0/hostnames", json!([]), "empty"),
        set(RESOLVER, "/spec/template/spec/dnsConfig/nameservers", json!(["8.8.8.8"]), "unknown-path"),
        set(RESOLVER, "/spec/template/spec/dnsPolicy", json!("None"), "unknown-path"),
        set(RESOLVER, "/spec/template/spec/dnsConfig/options/0/value", json!("16"), "value"),
        set(STORE, "/spec/template/spec/priorityClassName", json!("system-node-critical"), "value"),
        set(TRAIN, "/spec/template/spec/runtimeClassName", json!("Not A Class"), "value"),
        set(TRAIN, "/spec/template/spec/schedulerName", json!("other"), "unknown-path"),
        set(TRAIN, "/spec/template/spec/subdomain", json!("other"), "unknown-path"),
        set(STORE, OWN, json!("index"), "one-per-node"),
        set(STORE, APART, json!({"topologyKey": "topology.kubernetes.io/zone"}), "value"),
        set(
            STORE,
            "/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels/app.kubernetes.io~1name",
            json!("index"),
            "spread-own",
        ),
        set(TRAIN, NEAR, json!("nobody"), "neighbour"),
        remove(TRAIN, ELSEWHERE, "neighbour"),
        set(TRAIN, ELSEWHERE, json!({}), "empty"),
        set(TRAIN, NODES, json!({"key": "example.com/gpu", "operator": "DoesNotExist"}), "value"),
        set(TRAIN, NODES, json!({"key": "example.com/gpu", "operator": "In"}), "preferred-node"),
        set(
            TRAIN,
            NODES,
            json!({"key": "example.com/gpu", "operator": "Exists", "values": ["a100"]}),
            "preferred-node",
        ),
        set(RESOLVER, TERMS, json!([]), "empty"),
        set(RESOLVER, TERMS, json!([any_key(), any_key()]), "value"),
        set(RESOLVER, TERMS, json!([{"matchExpressions": [{"operator": "Exists"}]}]), "missing-path"),
    ]
}
