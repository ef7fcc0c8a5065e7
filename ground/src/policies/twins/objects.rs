//! Services, network policies, routes, rights.

use serde_json::{Value, json};

use super::pods::{add, remove, set};
use super::{Of, Twin, twin};

pub(super) const TWINS: &[Twin] = &[
    service("cluster-ip-services", "opens a port of every node", |it| set(&mut it["spec"]["type"], json!("NodePort"))),
    service("cluster-ip-services", "has an address outside", |it| set(&mut it["spec"]["type"], json!("LoadBalancer"))),
    service("cluster-ip-services", "is another name", |it| {
        set(&mut it["spec"]["type"], json!("ExternalName"))
            && set(&mut it["spec"]["externalName"], json!("example.com"))
    }),
    service("cluster-ip-services", "takes an address", |it| {
        set(&mut it["spec"]["externalIPs"], json!(["203.0.113.1"]))
    }),
    service("services-with-selector", "selects nothing", |it| remove(&mut it["spec"], "selector")),
    twin("no-ingress", Of::Made(ingress), "is one", |_| true),
    policy("lets everybody in", |it| set(&mut it["spec"]["ingress"], json!([{"ports": [{"port": 80}]}]))),
    policy("lets in to all ports", |it| {
        let neighbour = json!({"podSelector": {"matchLabels": {"app": "web"}}});
        set(&mut it["spec"]["ingress"], json!([{"from": [neighbour]}]))
    }),
    policy("lets in every address", |it| from(it, &json!({"ipBlock": {"cidr": "0.0.0.0/0"}}))),
    policy("lets in every namespace", |it| from(it, &json!({"namespaceSelector": {}}))),
    policy("lets in a label of any namespace", |it| {
        from(it, &json!({"namespaceSelector": {}, "podSelector": {"matchLabels": {"app": "web"}}}))
    }),
    policy("lets in all neighbours", |it| from(it, &json!({"podSelector": {}}))),
    policy("lets out to everybody", |it| set(&mut it["spec"]["egress"], json!([{"ports": [{"port": 443}]}]))),
    policy("lets out to private networks, too", |it| {
        to(it, &json!({"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}))
    }),
    policy("lets out over IPv6", |it| to(it, &json!({"ipBlock": {"cidr": "::/0"}}))),
    fence("EgressNetwork", "lets out", |it| set(&mut it["spec"]["trafficPolicy"], json!("Allow"))),
    fence("EgressNetwork", "covers nothing", |it| set(&mut it["spec"]["networks"], json!([]))),
    fence("EgressNetwork", "is a second one", |it| set(&mut it["metadata"]["name"], json!("another"))),
    fence("TLSRoute", "is of another namespace's", |it| {
        set(&mut it["spec"]["parentRefs"][0]["namespace"], json!("kube-public"))
    }),
    fence("TLSRoute", "leads into the cluster", |it| {
        let service = json!({"kind": "Service", "name": "kubernetes", "port": 443});
        set(&mut it["spec"]["rules"][0]["backendRefs"], json!([service]))
    }),
    fence("TLSRoute", "is of nothing", |it| remove(&mut it["spec"], "parentRefs")),
    role("is for every group", |it| rule(it, "*", "configmaps", "get")),
    role("is for everything", |it| rule(it, "", "*", "get")),
    role("gives every verb", |it| rule(it, "", "configmaps", "*")),
    role("reads Secrets", |it| rule(it, "", "secrets", "get")),
    role("opens a shell", |it| rule(it, "", "pods/exec", "create")),
    role("gives itself more", |it| rule(it, "rbac.authorization.k8s.io", "roles", "escalate")),
    binding("gives what administrators have", |it| {
        set(&mut it["roleRef"]["kind"], json!("ClusterRole")) && set(&mut it["roleRef"]["name"], json!("cluster-admin"))
    }),
    binding("gives to everybody", |it| {
        let everybody =
            json!({"kind": "Group", "name": "system:authenticated", "apiGroup": "rbac.authorization.k8s.io"});
        add(&mut it["subjects"], everybody)
    }),
];

const fn service(policy: &'static str, broken: &'static str, change: fn(&mut Value) -> bool) -> Twin {
    twin(policy, Of::Kind("Service"), broken, change)
}

const fn policy(broken: &'static str, change: fn(&mut Value) -> bool) -> Twin {
    twin("narrow-network-policies", Of::Kind("NetworkPolicy"), broken, change)
}

const fn fence(kind: &'static str, broken: &'static str, change: fn(&mut Value) -> bool) -> Twin {
    twin("egress-fence", Of::Kind(kind), broken, change)
}

const fn role(broken: &'static str, change: fn(&mut Value) -> bool) -> Twin {
    twin("no-wildcard-rights", Of::Kind("Role"), broken, change)
}

const fn binding(broken: &'static str, change: fn(&mut Value) -> bool) -> Twin {
    twin("no-wildcard-rights", Of::Kind("RoleBinding"), broken, change)
}

fn from(policy: &mut Value, peer: &Value) -> bool {
    set(&mut policy["spec"]["ingress"], json!([{"from": [peer], "ports": [{"port": 80}]}]))
}

fn to(policy: &mut Value, peer: &Value) -> bool {
    set(&mut policy["spec"]["egress"], json!([{"to": [peer], "ports": [{"port": 443}]}]))
}

fn rule(role: &mut Value, group: &str, resource: &str, verb: &str) -> bool {
    add(&mut role["rules"], json!({"apiGroups": [group], "resources": [resource], "verbs": [verb]}))
}

fn ingress() -> Value {
    json!({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "twin"},
        "spec": {"defaultBackend": {"service": {"name": "web", "port": {"number": 80}}}}})
}

/// Rights as they are rendered, for trees in which nobody has any.
pub(super) fn rights(namespace: &str) -> [Value; 2] {
    let metadata = json!({"name": "rights", "namespace": namespace});
    let group = "rbac.authorization.k8s.io";
    [
        json!({"apiVersion": format!("{group}/v1"), "kind": "Role", "metadata": metadata,
            "rules": [{"apiGroups": ["coordination.k8s.io"], "resources": ["leases"], "verbs": ["get"]}]}),
        json!({"apiVersion": format!("{group}/v1"), "kind": "RoleBinding", "metadata": metadata,
            "roleRef": {"apiGroup": group, "kind": "Role", "name": "rights"},
            "subjects": [{"kind": "ServiceAccount", "name": "rights", "namespace": namespace}]}),
    ]
}
