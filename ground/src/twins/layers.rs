//! The broken twins of each layer.

use serde_json::{Value, json};

use super::{Twin, add, remove, security, twin};

/// Pods as Pod Security judges them.
pub(super) const RUNTIME: &[Twin] = &[
    twin("runtime", "Pod", "runs as root", "runAsNonRoot", |pod| {
        security(pod)["runAsNonRoot"] = json!(false);
        set(&mut security(pod)["runAsUser"], 0)
    }),
    twin("runtime", "Pod", "adds a capability", "unrestricted capabilities", |pod| {
        set(&mut security(pod)["capabilities"]["add"], json!(["NET_ADMIN"]))
    }),
    twin("runtime", "Pod", "drops no capability", "unrestricted capabilities", |pod| {
        remove(security(pod), "capabilities")
    }),
    twin("runtime", "Pod", "may escalate", "allowPrivilegeEscalation", |pod| {
        set(&mut security(pod)["allowPrivilegeEscalation"], true)
    }),
    twin("runtime", "Pod", "is privileged", "privileged", |pod| {
        security(pod)["allowPrivilegeEscalation"] = json!(true);
        set(&mut security(pod)["privileged"], true)
    }),
    twin("runtime", "Pod", "is not confined by seccomp", "seccompProfile", |pod| {
        set(&mut security(pod)["seccompProfile"], json!({"type": "Unconfined"}))
    }),
    twin("runtime", "Pod", "mounts the host", "restricted volume types", |pod| {
        add(&mut pod["spec"]["volumes"], json!({"name": "host", "hostPath": {"path": "/"}}))
    }),
    twin("runtime", "Pod", "shares the host's network", "host namespaces", |pod| {
        // A sysctl of the pod's own network would be refused first.
        remove(&mut pod["spec"]["securityContext"], "sysctls");
        set(&mut pod["spec"]["hostNetwork"], true)
    }),
    twin("runtime", "Deployment", "misspells readOnlyRootFilesystem", "unknown field", |deployment| {
        let security = security(&mut deployment["spec"]["template"]);
        security["readOnlyRootFileSystem"] = json!(true);
        remove(security, "readOnlyRootFilesystem")
    }),
    twin("runtime", "Deployment", "selects other pods than its own", "selector", |deployment| {
        set(&mut deployment["spec"]["selector"]["matchLabels"]["app.kubernetes.io/name"], "another")
    }),
];

/// Items and references to their fields.
pub(super) const SECRETS: &[Twin] = &[
    twin("secrets", "OnePasswordItem", "picks a field in the item", "unknown field", |item| {
        set(&mut item["spec"]["field"], "password")
    }),
    twin(
        "secrets",
        "Pod",
        "has a literal beside the reference",
        "may not be specified when `value` is not empty",
        |pod| {
            let containers = pod["spec"]["containers"].as_array_mut().into_iter().flatten();
            let mut variables = containers.filter_map(|container| container["env"].as_array_mut()).flatten();
            variables
                .find(|one| one["valueFrom"]["secretKeyRef"].is_object())
                .is_some_and(|variable| set(&mut variable["value"], "hunter2"))
        },
    ),
];

/// Accounts, Roles and bindings.
pub(super) const ACCESS: &[Twin] = &[
    twin("access", "Role", "grants no verb", "verbs", |role| remove(&mut role["rules"][0], "verbs")),
    twin("access", "RoleBinding", "binds a subject of no kind", "subjects[0].kind", |binding| {
        set(&mut binding["subjects"][0]["kind"], "ServiceAccounts")
    }),
    twin("access", "ServiceAccount", "misspells automountServiceAccountToken", "unknown field", |account| {
        account["automountServiceAccountTokens"] = json!(false);
        remove(account, "automountServiceAccountToken")
    }),
];

/// NetworkPolicies.
pub(super) const NETWORK: &[Twin] = &[
    twin("network", "NetworkPolicy", "misspells policyTypes", "unknown field", |policy| {
        policy["spec"]["policyType"] = json!(["Ingress", "Egress"]);
        remove(&mut policy["spec"], "policyTypes")
    }),
    twin("network", "NetworkPolicy", "allows a network that is none", "cidr", |policy| {
        policy["spec"]["policyTypes"] = json!(["Egress"]);
        set(&mut policy["spec"]["egress"], json!([{"to": [{"ipBlock": {"cidr": "10.0.0.0/33"}}]}]))
    }),
    twin("network", "NetworkPolicy", "mixes a selector with a network", "may not specify both ipBlock", |policy| {
        policy["spec"]["policyTypes"] = json!(["Egress"]);
        set(&mut policy["spec"]["egress"], json!([{"to": [{"ipBlock": {"cidr": "10.0.0.0/8"}, "podSelector": {}}]}]))
    }),
];

/// Linkerd's policy. That a `Server` speaks a protocol that Linkerd does not know is refused by nothing here: its CRD
/// takes any text.
pub(super) const MESH: &[Twin] = &[
    twin("mesh", "Server", "names no port", "port", |server| remove(&mut server["spec"], "port")),
    twin("mesh", "AuthorizationPolicy", "requires no authentication at all", "requiredAuthenticationRefs", |policy| {
        remove(&mut policy["spec"], "requiredAuthenticationRefs")
    }),
    twin("mesh", "MeshTLSAuthentication", "names no identity", "identityRefs", |authentication| {
        set(&mut authentication["spec"]["identityRefs"], json!([]))
    }),
    twin("mesh", "EgressNetwork", "does not say whether egress is denied", "trafficPolicy", |network| {
        remove(&mut network["spec"], "trafficPolicy")
    }),
];

/// Public names.
pub(super) const PERIMETER: &[Twin] = &[
    twin("perimeter", "DNSEndpoint", "is proxied in a field that does not exist", "unknown field", |endpoint| {
        set(&mut endpoint["spec"]["endpoints"][0]["proxied"], true)
    }),
    twin("perimeter", "DNSEndpoint", "has a name that is no text", "dnsName", |endpoint| {
        set(&mut endpoint["spec"]["endpoints"][0]["dnsName"], true)
    }),
];

/// Applications, projects and namespaces.
pub(super) const GITOPS: &[Twin] = &[
    twin("gitops", "Application", "belongs to no project", "spec.project", |application| {
        remove(&mut application["spec"], "project")
    }),
    twin("gitops", "Application", "misspells prune", "unknown field", |application| {
        set(&mut application["spec"]["syncPolicy"]["automated"]["prunes"], true)
    }),
    twin("gitops", "AppProject", "whitelists in a field that does not exist", "unknown field", |project| {
        project["spec"]["namespacedResourceWhitelist"] = json!([]);
        remove(&mut project["spec"], "namespaceResourceWhitelist")
    }),
    twin("gitops", "Namespace", "misspells `restricted`", "pod-security.kubernetes.io/enforce", |namespace| {
        set(&mut namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"], "restrictd")
    }),
];

fn set(place: &mut Value, value: impl Into<Value>) -> bool {
    *place = value.into();
    true
}
