//! Fences of namespaces, and everything of the platform.

use serde_json::{Value, json};

use super::tests::{of, part, with};

fn labels(tier: &str, level: &str) -> Value {
    let mut labels = json!({"app.kubernetes.io/managed-by": "casemate", "casemate.dev/tier": tier});
    for mode in ["audit", "enforce", "warn"] {
        labels[format!("pod-security.kubernetes.io/{mode}")] = json!(level);
        labels[format!("pod-security.kubernetes.io/{mode}-version")] = json!("v1.35");
    }
    labels
}

fn namespace(labels: &Value, annotations: &Value) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {"name": "shop", "labels": labels, "annotations": annotations},
    })
}

#[test]
fn a_namespace_of_services_is_shut() {
    let fence = part("out/lab/services/shop/_namespace");
    let meshed = json!({"config.linkerd.io/default-inbound-policy": "deny", "linkerd.io/inject": "enabled"});
    let good = namespace(&labels("services", "restricted"), &meshed);
    assert_eq!(of(&fence, &good), "");
    for (at, value, why) in [
        ("/metadata/labels/pod-security.kubernetes.io~1enforce", json!("baseline"), "`restricted`"),
        ("/metadata/labels/pod-security.kubernetes.io~1warn", json!("privileged"), "`restricted`"),
        ("/metadata/labels/pod-security.kubernetes.io~1audit", Value::Null, "`restricted`"),
        ("/metadata/labels", labels("services", "privileged"), "`restricted`"),
        ("/metadata/labels", labels("platform", "restricted"), "`casemate.dev/tier: services`"),
        ("/metadata/labels/linkerd.io~1is-control-plane", json!("true"), "is never rendered"),
        ("/metadata/annotations/linkerd.io~1inject", json!("disabled"), "`linkerd.io/inject: enabled`"),
        ("/metadata/annotations/linkerd.io~1inject", Value::Null, "`linkerd.io/inject: enabled`"),
        ("/metadata/annotations/config.linkerd.io~1default-inbound-policy", Value::Null, "default-inbound-policy"),
        ("/metadata/annotations/config.linkerd.io~1skip-inbound-ports", json!("1-65535"), "skip-inbound-ports"),
        ("/spec", json!({"finalizers": []}), "`spec` is never rendered"),
    ] {
        let said = of(&fence, &with(&good, at, value));
        assert!(said.contains(why), "{at}: {why}:\n{said}");
    }
    let deny = json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {
            "name": "default-deny",
            "namespace": "shop",
            "labels": {"app.kubernetes.io/managed-by": "casemate"},
        },
        "spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]},
    });
    assert_eq!(of(&fence, &deny), "");
    for (at, value) in [
        ("/spec/policyTypes", json!(["Ingress"])),
        ("/spec/podSelector", json!({"matchLabels": {"a": "b"}})),
        ("/spec/egress", json!([{"to": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}])),
    ] {
        assert!(of(&fence, &with(&deny, at, value)).contains("lets something through"), "{at}");
    }
}

#[test]
fn a_namespace_of_charts_has_a_level_and_a_reason_if_it_needs_one() {
    let fence = part("out/lab/platform/shop/_namespace");
    let reason = json!({"kubernetes.io/description": "it mounts disks of the nodes"});
    for level in ["restricted", "baseline"] {
        assert_eq!(of(&fence, &namespace(&labels("platform", level), &json!({}))), "", "{level}");
        assert!(of(&fence, &namespace(&labels("platform", level), &reason)).contains("its level"), "{level}");
    }
    let privileged = namespace(&labels("platform", "privileged"), &reason);
    assert_eq!(of(&fence, &privileged), "");
    let mut plane = privileged.clone();
    plane["metadata"]["labels"]["config.linkerd.io/admission-webhooks"] = json!("disabled");
    plane["metadata"]["labels"]["linkerd.io/is-control-plane"] = json!("true");
    assert_eq!(of(&fence, &plane), "");
    for (at, value, why) in [
        ("/metadata/annotations/kubernetes.io~1description", Value::Null, "privileged without a reason"),
        ("/metadata/labels/config.linkerd.io~1admission-webhooks", Value::Null, "its labels for the mesh"),
        ("/metadata/labels/linkerd.io~1cni-resource", json!("true"), "its labels for the mesh"),
        ("/metadata/labels/pod-security.kubernetes.io~1warn", json!("baseline"), "its level"),
        ("/metadata/labels/casemate.dev~1tier", json!("services"), "`casemate.dev/tier: platform`"),
        ("/metadata/annotations/linkerd.io~1inject", json!("disabled"), "is never rendered"),
    ] {
        let said = of(&fence, &with(&plane, at, value));
        assert!(said.contains(why), "{at}: {why}:\n{said}");
    }
    let policy = json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "a", "namespace": "shop", "labels": {"app.kubernetes.io/managed-by": "casemate"}},
        "spec": {"podSelector": {}, "policyTypes": ["Ingress"]},
    });
    assert!(of(&fence, &policy).contains("of a kind that may not be here"));
}

#[test]
fn beside_a_chart_lie_certificates_items_and_the_trust_of_the_mesh() {
    let beside = part("out/lab/platform/linkerd/linkerd-control-plane");
    let object = |version: &str, kind: &str, name: &str, namespace: Option<&str>| {
        let mut object = json!({
            "apiVersion": version,
            "kind": kind,
            "metadata": {"name": name, "labels": {"app.kubernetes.io/managed-by": "casemate"}},
        });
        if let Some(namespace) = namespace {
            object["metadata"]["namespace"] = json!(namespace);
        }
        object
    };
    for good in [
        object("cert-manager.io/v1", "Certificate", "a", Some("linkerd")),
        object("onepassword.com/v1", "OnePasswordItem", "a", Some("linkerd")),
        object("cert-manager.io/v1", "ClusterIssuer", "linkerd-identity-issuer", None),
        object("trust.cert-manager.io/v1alpha1", "Bundle", "linkerd-identity-trust-roots", None),
    ] {
        assert_eq!(of(&beside, &good), "");
    }
    for (bad, why) in [
        (object("cert-manager.io/v1", "ClusterIssuer", "other", None), "in no namespace"),
        (object("trust.cert-manager.io/v1alpha1", "Bundle", "other", None), "in no namespace"),
        (object("rbac.authorization.k8s.io/v1", "ClusterRole", "linkerd.x", None), "in no namespace"),
        (object("v1", "Secret", "a", Some("linkerd")), "of a kind"),
        (object("apps/v1", "Deployment", "a", Some("linkerd")), "of a kind"),
        (object("cert-manager.io/v1", "Certificate", "a", Some("shop")), "in the namespace `shop`"),
    ] {
        assert!(of(&beside, &bad).contains(why), "{why}: {bad}");
    }
}

fn chart() -> Value {
    json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {
            "name": "chart.kyverno",
            "namespace": "argocd",
            "labels": {"app.kubernetes.io/managed-by": "casemate", "casemate.dev/tier": "platform"},
            "finalizers": ["resources-finalizer.argocd.argoproj.io"],
        },
        "spec": {
            "project": "chart.kyverno",
            "destination": {"server": "https://kubernetes.default.svc", "namespace": "kyverno"},
            "syncPolicy": {
                "automated": {"prune": true, "selfHeal": true},
                "syncOptions":
                    ["Delete=confirm", "FailOnSharedResource=true", "PruneLast=true", "ServerSideApply=true"],
            },
            "sources": [
                {
                    "repoURL": "https://charts.example.com",
                    "chart": "kyverno",
                    "targetRevision": "3.9.1",
                    "helm": {
                        "releaseName": "kyverno",
                        "valuesObject": {
                            "config": {"excludeKyvernoNamespace": true},
                            "features": {"policyExceptions": {"enabled": false}},
                        },
                    },
                },
                {
                    "repoURL": "https://git.example.com/gitops.git",
                    "targetRevision": "main",
                    "path": "out/lab/platform/kyverno/kyverno",
                    "plugin": {"name": "casemate"},
                },
            ],
        },
    })
}

#[test]
fn an_application_of_the_platform_installs_one_chart_as_its_guarantees_need_it() {
    let platform = part("out/lab/argocd/platform");
    assert_eq!(of(&platform, &chart()), "");
    let values = "/spec/sources/0/helm/valuesObject";
    let (exceptions, excluded) =
        (format!("{values}/features/policyExceptions/enabled"), format!("{values}/config/excludeKyvernoNamespace"));
    for (at, value, why) in [
        (exceptions.as_str(), json!(true), "do not say `features.policyExceptions.enabled: false`"),
        (excluded.as_str(), Value::Null, "do not say `config.excludeKyvernoNamespace: true`"),
        (values, Value::Null, "do not say"),
        ("/spec/sources/0/helm/values", json!("features: {}"), "said twice"),
        ("/spec/sources/0/helm/parameters", json!([]), "`spec.sources.0.helm.parameters` is never rendered"),
        ("/spec/sources/0/helm/releaseName", json!("other"), "another name than its own"),
        ("/spec/sources/0/targetRevision", json!("3.*"), "not exact"),
        ("/spec/sources/0/targetRevision", json!(">=3.9.1"), "not exact"),
        ("/spec/sources/0/chart", Value::Null, "does not install one chart"),
        ("/spec/sources/0/path", json!("x"), "is never rendered"),
        ("/spec/sources/1/path", json!("out/lab/platform/kyverno/other"), "may not read"),
        ("/spec/sources/1/path", json!("out/lab/services/kyverno/kyverno"), "may not read"),
        ("/spec/sources/1/plugin", json!({"name": "casemate", "env": []}), "neither a plain directory"),
        ("/spec/sources/1/ref", json!("values"), "is never rendered"),
        ("/spec/sources", json!([]), "does not install one chart"),
        ("/spec/source", json!({}), "is never rendered here"),
        ("/spec/project", json!("chart.other"), "another name than its own"),
        ("/metadata/labels/casemate.dev~1tier", Value::Null, "is missing"),
        ("/spec/syncPolicy/syncOptions/0", Value::Null, "other options"),
        ("/spec/destination/server", json!("https://elsewhere.example.com"), "another cluster"),
    ] {
        let edited = if at == "/spec/syncPolicy/syncOptions/0" {
            let options = json!(["FailOnSharedResource=true", "PruneLast=true", "ServerSideApply=true"]);
            with(&chart(), "/spec/syncPolicy/syncOptions", options)
        } else {
            with_below_lists(&chart(), at, value)
        };
        let said = of(&platform, &edited);
        assert!(said.contains(why), "{at}: {why}:\n{said}");
    }
    assert!(of(&part("out/lab/argocd/services"), &chart()).contains("is never rendered here"));
    assert!(of(&part("out/lab/argocd/root"), &chart()).contains("is never rendered here"));
}

/// Like [`with`], where a step of the path is the number of an item.
fn with_below_lists(object: &Value, at: &str, value: Value) -> Value {
    let Some((list, rest)) = at.split_once("/sources/").and_then(|(above, below)| {
        let (number, rest) = below.split_once('/')?;
        Some((format!("{above}/sources/{number}"), format!("/{rest}")))
    }) else {
        return with(object, at, value);
    };
    let mut object = object.clone();
    let item = object.pointer_mut(&list).unwrap();
    *item = with(item, &rest, value);
    object
}

#[test]
fn a_project_of_a_chart_lets_it_make_nothing_that_others_are_held_to() {
    let platform = part("out/lab/argocd/platform");
    let project = json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "AppProject",
        "metadata": {
            "name": "chart.longhorn",
            "namespace": "argocd",
            "labels": {"app.kubernetes.io/managed-by": "casemate"},
        },
        "spec": {
            "description": "Chart longhorn, in namespace longhorn-system",
            "sourceRepos": ["https://charts.longhorn.io"],
            "destinations": [{"server": "https://kubernetes.default.svc", "namespace": "longhorn-system"}],
            "clusterResourceWhitelist": [
                {"group": "apiextensions.k8s.io", "kind": "CustomResourceDefinition", "name": "*.longhorn.io"},
            ],
            "namespaceResourceWhitelist": [{"group": "", "kind": "ConfigMap"}],
        },
    });
    assert_eq!(of(&platform, &project), "");
    let entry = |group: &str, kind: &str| json!([{"group": group, "kind": kind}]);
    let in_none = |group: &str, kind: &str, name: &str| json!([{"group": group, "kind": kind, "name": name}]);
    let destination = |namespace: &str| json!([{"server": "https://kubernetes.default.svc", "namespace": namespace}]);
    for (at, value, why) in [
        ("/spec/namespaceResourceWhitelist", entry("argoproj.io", "Application"), "kinds that may not"),
        ("/spec/namespaceResourceWhitelist", entry("policies.kyverno.io", "PolicyException"), "kinds that may not"),
        ("/spec/namespaceResourceWhitelist", entry("policy.linkerd.io", "Server"), "kinds that may not"),
        ("/spec/namespaceResourceWhitelist", entry("", "*"), "kinds that may not"),
        ("/spec/namespaceResourceWhitelist", entry("", "Secret"), "without a reason"),
        ("/spec/namespaceResourceWhitelist", json!([]), "kinds that may not"),
        ("/spec/clusterResourceWhitelist", in_none("", "Namespace", "a"), "kinds that may not"),
        ("/spec/clusterResourceWhitelist", in_none("*", "ClusterRole", "a"), "kinds that may not"),
        ("/spec/clusterResourceWhitelist", in_none("rbac.authorization.k8s.io", "ClusterRole", "*"), "in no namespace"),
        ("/spec/clusterResourceWhitelist", entry("rbac.authorization.k8s.io", "ClusterRole"), "in no namespace"),
        ("/spec/destinations", destination("*"), "another destination"),
        ("/spec/destinations", destination("kube-system"), "another destination"),
        ("/spec/destinations", json!([]), "another destination"),
        ("/spec/sourceRepos", json!(["*"]), "any repository"),
        ("/spec/roles", json!([]), "`spec.roles` is never rendered"),
    ] {
        let said = of(&platform, &with(&project, at, value.clone()));
        assert!(said.contains(why), "{at} {value}: {why}:\n{said}");
    }
}
