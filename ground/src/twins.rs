//! Broken twins: our own objects with one thing made insecure or wrong, each of which a real program must refuse, in
//! words that show that it refused that thing. The unbroken twin must be accepted first.

use anyhow::Result;
use serde_json::{Value, json};

use crate::api::Api;
use crate::pods;
use crate::table::Findings;
use crate::tree::Tree;

struct Twin {
    layer: &'static str,
    broken: &'static str,
    /// The kind that is broken; a Pod is taken from a template.
    kind: &'static str,
    /// Breaks the object, or says that this one has nothing to break.
    change: fn(&mut Value) -> bool,
    /// Words of the refusal.
    words: &'static str,
}

const TWINS: &[Twin] = &[
    Twin {
        layer: "runtime",
        broken: "runs as root",
        kind: "Pod",
        words: "runAsNonRoot",
        change: |pod| {
            let security = container(pod);
            security["runAsNonRoot"] = json!(false);
            security["runAsUser"] = json!(0);
            true
        },
    },
    Twin {
        layer: "runtime",
        broken: "adds a capability",
        kind: "Pod",
        words: "unrestricted capabilities",
        change: |pod| {
            container(pod)["capabilities"]["add"] = json!(["NET_ADMIN"]);
            true
        },
    },
    Twin {
        layer: "runtime",
        broken: "drops no capability",
        kind: "Pod",
        words: "unrestricted capabilities",
        change: |pod| remove(container(pod), "capabilities"),
    },
    Twin {
        layer: "runtime",
        broken: "may escalate",
        kind: "Pod",
        words: "allowPrivilegeEscalation",
        change: |pod| {
            container(pod)["allowPrivilegeEscalation"] = json!(true);
            true
        },
    },
    Twin {
        layer: "runtime",
        broken: "is privileged",
        kind: "Pod",
        words: "privileged",
        change: |pod| {
            container(pod)["privileged"] = json!(true);
            container(pod)["allowPrivilegeEscalation"] = json!(true);
            true
        },
    },
    Twin {
        layer: "runtime",
        broken: "is not confined by seccomp",
        kind: "Pod",
        words: "seccompProfile",
        change: |pod| {
            container(pod)["seccompProfile"] = json!({"type": "Unconfined"});
            true
        },
    },
    Twin {
        layer: "runtime",
        broken: "mounts the host",
        kind: "Pod",
        words: "restricted volume types",
        change: |pod| add(&mut pod["spec"]["volumes"], json!({"name": "host", "hostPath": {"path": "/"}})),
    },
    Twin {
        layer: "runtime",
        broken: "shares the host's network",
        kind: "Pod",
        words: "host namespaces",
        change: |pod| {
            pod["spec"]["hostNetwork"] = json!(true);
            true
        },
    },
    Twin {
        layer: "runtime",
        broken: "misspells readOnlyRootFilesystem",
        kind: "Deployment",
        words: "unknown field",
        change: |object| {
            let security = container(&mut object["spec"]["template"]);
            security["readOnlyRootFileSystem"] = json!(true);
            remove(security, "readOnlyRootFilesystem")
        },
    },
    Twin {
        layer: "runtime",
        broken: "selects other pods than its own",
        kind: "Deployment",
        words: "selector",
        change: |object| {
            object["spec"]["selector"]["matchLabels"]["app.kubernetes.io/name"] = json!("another");
            true
        },
    },
    Twin {
        layer: "secrets",
        broken: "picks a field in the item",
        kind: "OnePasswordItem",
        words: "unknown field",
        change: |object| {
            object["spec"]["field"] = json!("password");
            true
        },
    },
    Twin {
        layer: "secrets",
        broken: "has a literal beside the reference",
        kind: "Pod",
        words: "may not be specified when `value` is not empty",
        change: |pod| {
            let containers = pod["spec"]["containers"].as_array_mut().into_iter().flatten();
            let mut variables = containers.filter_map(|container| container["env"].as_array_mut()).flatten();
            variables.find(|one| one["valueFrom"]["secretKeyRef"].is_object()).is_some_and(|variable| {
                variable["value"] = json!("hunter2");
                true
            })
        },
    },
    Twin {
        layer: "access",
        broken: "grants no verb",
        kind: "Role",
        words: "verbs",
        change: |object| remove(&mut object["rules"][0], "verbs"),
    },
    Twin {
        layer: "access",
        broken: "binds a subject of no kind",
        kind: "RoleBinding",
        words: "subjects[0].kind",
        change: |object| {
            object["subjects"][0]["kind"] = json!("ServiceAccounts");
            true
        },
    },
    Twin {
        layer: "access",
        broken: "misspells automountServiceAccountToken",
        kind: "ServiceAccount",
        words: "unknown field",
        change: |object| {
            object["automountServiceAccountTokens"] = json!(false);
            remove(object, "automountServiceAccountToken")
        },
    },
    Twin {
        layer: "network",
        broken: "misspells policyTypes",
        kind: "NetworkPolicy",
        words: "unknown field",
        change: |object| {
            object["spec"]["policyType"] = json!(["Ingress", "Egress"]);
            remove(&mut object["spec"], "policyTypes")
        },
    },
    Twin {
        layer: "network",
        broken: "allows a network that is none",
        kind: "NetworkPolicy",
        words: "cidr",
        change: |object| {
            object["spec"]["policyTypes"] = json!(["Egress"]);
            object["spec"]["egress"] = json!([{"to": [{"ipBlock": {"cidr": "10.0.0.0/33"}}]}]);
            true
        },
    },
    Twin {
        layer: "network",
        broken: "mixes a selector with a network",
        kind: "NetworkPolicy",
        words: "may not specify both ipBlock",
        change: |object| {
            object["spec"]["policyTypes"] = json!(["Egress"]);
            object["spec"]["egress"] = json!([{"to": [{"ipBlock": {"cidr": "10.0.0.0/8"}, "podSelector": {}}]}]);
            true
        },
    },
    Twin {
        layer: "mesh",
        broken: "names no port",
        kind: "Server",
        words: "port",
        change: |object| remove(&mut object["spec"], "port"),
    },
    Twin {
        layer: "mesh",
        broken: "requires no authentication at all",
        kind: "AuthorizationPolicy",
        words: "requiredAuthenticationRefs",
        change: |object| remove(&mut object["spec"], "requiredAuthenticationRefs"),
    },
    Twin {
        layer: "mesh",
        broken: "names no identity",
        kind: "MeshTLSAuthentication",
        words: "identityRefs",
        change: |object| {
            object["spec"]["identityRefs"] = json!([]);
            true
        },
    },
    Twin {
        layer: "mesh",
        broken: "does not say whether egress is denied",
        kind: "EgressNetwork",
        words: "trafficPolicy",
        change: |object| remove(&mut object["spec"], "trafficPolicy"),
    },
    Twin {
        layer: "perimeter",
        broken: "asks for a proxied record in a field that does not exist",
        kind: "DNSEndpoint",
        words: "unknown field",
        change: |object| {
            object["spec"]["endpoints"][0]["proxied"] = json!(true);
            true
        },
    },
    Twin {
        layer: "perimeter",
        broken: "has a name that is no text",
        kind: "DNSEndpoint",
        words: "dnsName",
        change: |object| {
            object["spec"]["endpoints"][0]["dnsName"] = json!(true);
            true
        },
    },
    Twin {
        layer: "gitops",
        broken: "belongs to no project",
        kind: "Application",
        words: "spec.project",
        change: |object| remove(&mut object["spec"], "project"),
    },
    Twin {
        layer: "gitops",
        broken: "misspells prune",
        kind: "Application",
        words: "unknown field",
        change: |object| {
            object["spec"]["syncPolicy"]["automated"]["prunes"] = json!(true);
            true
        },
    },
    Twin {
        layer: "gitops",
        broken: "whitelists in a field that does not exist",
        kind: "AppProject",
        words: "unknown field",
        change: |object| {
            object["spec"]["namespacedResourceWhitelist"] = json!([]);
            remove(&mut object["spec"], "namespaceResourceWhitelist")
        },
    },
    Twin {
        layer: "gitops",
        broken: "misspells `restricted`",
        kind: "Namespace",
        words: "pod-security.kubernetes.io/enforce",
        change: |object| {
            object["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] = json!("restrictd");
            true
        },
    },
];

/// Shows the API server each twin, unbroken and broken.
pub(crate) fn refuse_all(api: &Api, tree: &Tree, findings: &mut Findings) -> Result<()> {
    for twin in TWINS {
        let name = format!("{}: {} that {}", twin.layer, twin.kind, twin.broken);
        let Some((whole, broken)) = pair(twin, tree) else {
            findings
                .check(&name, false, || format!("the tree has no {} of which such a twin could be made", twin.kind));
            continue;
        };
        let query = "?dryRun=All&fieldValidation=Strict";
        let answer = api.create(&whole, query)?;
        if !answer.granted() {
            findings.check(&name, false, || format!("its unbroken twin is refused, too: {}", answer.message()));
            continue;
        }
        let answer = api.create(&broken, query)?;
        let message = answer.message();
        findings.case(
            &name,
            match answer.granted() {
                true => Err("the API server accepts it".to_owned()),
                false if message.contains(twin.words) => Ok(()),
                false => Err(format!("refused, but not for `{}`: {message}", twin.words)),
            },
        );
    }
    immutable(api, tree, findings)
}

/// The first object of the kind that can be broken so, whole and broken, under a name that is not taken.
fn pair(twin: &Twin, tree: &Tree) -> Option<(Value, Value)> {
    let candidates: Vec<Value> = match twin.kind {
        "Pod" => pods::templates(tree).into_iter().map(|(_, pod)| pod).collect(),
        kind => tree.of_kind(kind).map(|manifest| manifest.object.clone()).collect(),
    };
    candidates.into_iter().find_map(|mut whole| {
        whole["metadata"]["name"] = json!("twin");
        let mut broken = whole.clone();
        (twin.change)(&mut broken).then_some((whole, broken))
    })
}

/// A configuration whose name holds its hash must not change under its name.
fn immutable(api: &Api, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let name = "runtime: ConfigMap that changes under its name";
    let Some(manifest) = tree.of_kind("ConfigMap").next() else {
        findings.check(name, false, || "the tree has no ConfigMap".to_owned());
        return Ok(());
    };
    let change = json!({"data": {"another": "value"}});
    let answer = api.merge(&format!("{}?dryRun=All", api.path(&manifest.object)?), &change)?;
    let refused = !answer.granted() && answer.message().contains("immutable");
    findings.check(name, refused, || answer.message());
    Ok(())
}

fn container(pod: &mut Value) -> &mut Value {
    &mut pod["spec"]["containers"][0]["securityContext"]
}

fn remove(object: &mut Value, field: &str) -> bool {
    object.as_object_mut().is_some_and(|object| object.remove(field).is_some())
}

fn add(list: &mut Value, item: Value) -> bool {
    if list.is_null() {
        *list = json!([]);
    }
    list.as_array_mut().is_some_and(|list| {
        list.push(item);
        true
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_layer_has_a_broken_twin() {
        let layers: BTreeSet<&str> = TWINS.iter().map(|twin| twin.layer).collect();
        assert_eq!(
            layers.into_iter().collect::<Vec<_>>(),
            ["access", "gitops", "mesh", "network", "perimeter", "runtime", "secrets"]
        );
    }
}
