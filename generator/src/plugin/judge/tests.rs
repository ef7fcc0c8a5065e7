use std::path::Path;

use serde_json::{Value, json};

use super::{Part, judge};
use crate::object::Object;
use crate::yaml;

pub(super) fn part(path: &str) -> Part {
    Part::of(Path::new(path)).expect("it is a part of a tree")
}

fn service() -> Part {
    part("out/lab/services/shop/api")
}

fn applications() -> Part {
    part("out/lab/argocd/services")
}

/// An object as it is rendered.
fn rendered(part: &Part, object: &Value) -> String {
    let mut text = format!("# Rendered by Casemate: edit the declaration of {}, not this file.\n", part.declared_by());
    yaml::write_yaml(&mut text, &Object::of(object).unwrap()).unwrap();
    text
}

fn said(part: &Part, file: &str, text: &str) -> String {
    judge(part, None, file, text, &mut String::new()).join("\n")
}

pub(super) fn of(part: &Part, object: &Value) -> String {
    let word = |at: &str| object.pointer(at).and_then(Value::as_str).unwrap_or_default();
    let file = format!("{}-{}.yaml", word("/kind").to_ascii_lowercase(), word("/metadata/name"));
    said(part, &file, &rendered(part, object))
}

/// An object with one value replaced, added, or, by `null`, removed.
pub(super) fn with(object: &Value, at: &str, value: Value) -> Value {
    let mut object = object.clone();
    let (above, key) = at.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/");
    let above = object.pointer_mut(above).unwrap().as_object_mut().unwrap();
    if value.is_null() {
        above.remove(&key).unwrap();
    } else {
        above.insert(key, value);
    }
    object
}

fn config() -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {
            "name": "api-config-0123456789",
            "namespace": "shop",
            "labels": {"app.kubernetes.io/managed-by": "casemate"},
            "annotations": {"argocd.argoproj.io/sync-wave": "-10"},
        },
        "data": {"on": "a: b\nc: d\n", "number": "012", "word": "yes"},
    })
}

fn application() -> Value {
    json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {
            "name": "shop.api",
            "namespace": "argocd",
            "labels": {"app.kubernetes.io/managed-by": "casemate"},
            "annotations": {"argocd.argoproj.io/manifest-generate-paths": "/out/lab/services/shop/api"},
            "finalizers": ["resources-finalizer.argocd.argoproj.io"],
        },
        "spec": {
            "project": "shop",
            "source": {
                "repoURL": "https://git.example.com/gitops.git",
                "targetRevision": "main",
                "path": "out/lab/services/shop/api",
                "directory": {"include": "*.yaml"},
            },
            "destination": {"server": "https://kubernetes.default.svc", "namespace": "shop"},
            "syncPolicy": {
                "automated": {"prune": true, "selfHeal": true},
                "syncOptions": ["FailOnSharedResource=true", "PruneLast=true", "ServerSideApply=true"],
                "retry": {"limit": -1},
            },
        },
    })
}

fn project() -> Value {
    json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "AppProject",
        "metadata": {
            "name": "shop",
            "namespace": "argocd",
            "labels": {"app.kubernetes.io/managed-by": "casemate"},
            "finalizers": ["resources-finalizer.argocd.argoproj.io"],
        },
        "spec": {
            "description": "Services in namespace shop",
            "sourceRepos": ["https://git.example.com/gitops.git"],
            "destinations": [{"server": "https://kubernetes.default.svc", "namespace": "shop"}],
            "clusterResourceWhitelist": [
                {"group": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "shop.*"},
            ],
            "namespaceResourceWhitelist": [{"group": "", "kind": "ConfigMap"}],
        },
    })
}

#[test]
fn what_is_rendered_may_be_applied() {
    assert_eq!(of(&service(), &config()), "");
    assert_eq!(said(&service(), "configmap-api-config.yaml", &rendered(&service(), &config())), "");
    assert_eq!(of(&applications(), &application()), "");
    assert_eq!(of(&applications(), &project()), "");
    let plugin = with(
        &with(&application(), "/spec/source/directory", Value::Null),
        "/spec/source/plugin",
        json!({"name": "casemate"}),
    );
    assert_eq!(of(&applications(), &plugin), "");
}

#[test]
fn a_text_is_in_the_form_of_the_renderer() {
    let text = rendered(&service(), &config());
    let file = "configmap-api-config.yaml";
    for (edited, why) in [
        (text.replace("\"012\"", "012"), "not in the form"),
        (text.replace("\"yes\"", "'yes'"), "not in the form"),
        (text.replace("kind: ConfigMap", "kind:  ConfigMap"), "not in the form"),
        (format!("{text}# a comment\n"), "not in the form"),
        (text.split_once('\n').unwrap().1.to_owned(), "not in the form"),
        (text.replace("of shop/api", "of shop/other"), "not in the form"),
        (text.trim_end().to_owned(), "not in the form"),
        (format!("{text}---\nkind: Secret\n"), "not one object"),
        (format!("{text}---\n"), "not in the form"),
        ("# nothing\n".to_owned(), "not one object"),
        (String::new(), "not one object"),
        ("- a\n".to_owned(), "not one object"),
        (text.replace("\"yes\"", "yes"), "without quotes"),
        (text.replace("data:\n", "data: &anchor\n"), "an anchor"),
        (text.replace("kind: ConfigMap\n", "kind: ConfigMap\nkind: Secret\n"), "stands twice"),
        ("a: [".to_owned(), ""),
    ] {
        assert_ne!(edited, text, "{why}");
        let said = said(&service(), file, &edited);
        assert!(!said.is_empty() && said.contains(why), "{why}:\n{said}\n{edited}");
        assert!(said.lines().all(|line| line.contains(": ")), "each says what to do: {said}");
    }
}

#[test]
fn an_object_is_of_a_kind_and_namespace_that_may_be_there() {
    for (object, why) in [
        (with(&config(), "/kind", json!("Secret")), "`Secret` `api-config-0123456789` is of a kind"),
        (with(&config(), "/apiVersion", json!("example.com/v1")), "is of a kind that may not be here"),
        (with(&config(), "/metadata/namespace", json!("kube-system")), "in the namespace `kube-system`"),
        (with(&config(), "/metadata/namespace", json!(7)), "in the namespace ``"),
        (with(&config(), "/metadata/namespace", Value::Null), "in no namespace may not be here"),
    ] {
        let said = of(&service(), &object);
        assert!(said.contains(why), "{why}:\n{said}");
    }
    let role = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": "shop.api", "labels": {"app.kubernetes.io/managed-by": "casemate"}},
    });
    assert_eq!(of(&service(), &role), "");
    for name in ["cluster-admin", "shop", "shopper.api", "other.api"] {
        assert!(of(&service(), &with(&role, "/metadata/name", json!(name))).contains("in no namespace"), "{name}");
    }
    let namespace = with(&with(&role, "/kind", json!("Namespace")), "/apiVersion", json!("v1"));
    let fence = part("out/lab/services/shop/_namespace");
    assert!(!of(&fence, &with(&namespace, "/metadata/name", json!("shop"))).contains("in no namespace"));
    assert!(of(&fence, &with(&namespace, "/metadata/name", json!("kube-system"))).contains("in no namespace"));
    assert!(of(&service(), &with(&namespace, "/metadata/name", json!("shop"))).contains("in no namespace"));
    assert!(of(&applications(), &namespace).contains("in no namespace"));
    assert!(of(&service(), &with(&application(), "/metadata/namespace", json!("shop"))).contains("of a kind"));
}

#[test]
fn a_file_is_named_after_its_object() {
    let text = rendered(&service(), &config());
    for file in
        ["secret-api-config.yaml", "configmap-other.yaml", "configmap-api-conf.yaml", "configmap-api-config.yml", "x"]
    {
        assert!(said(&service(), file, &text).contains("not named after"), "{file}");
    }
}

#[test]
fn nothing_is_said_to_argo_cd_that_is_not_rendered() {
    for (object, why) in [
        (with(&config(), "/metadata/annotations/argocd.argoproj.io~1hook", json!("PreSync")), "hook: PreSync"),
        (with(&config(), "/metadata/annotations/argocd.argoproj.io~1sync-options", json!("Force=true")), "Force=true"),
        (with(&config(), "/metadata/annotations/argocd.argoproj.io~1sync-wave", json!("soon")), "sync-wave: soon"),
        (
            with(&config(), "/metadata/annotations/argocd.argoproj.io~1compare-options", json!("x")),
            "compare-options: x",
        ),
        (
            with(&config(), "/metadata/annotations/argocd.argoproj.io~1manifest-generate-paths", json!("/x")),
            "paths: /x",
        ),
        (with(&config(), "/metadata/annotations/notice.argocd.argoproj.io~1content", json!("x")), "content: x"),
        (with(&config(), "/metadata/finalizers", json!(["example.com/never"])), "a finalizer"),
        (with(&config(), "/metadata/finalizers", json!(["resources-finalizer.argocd.argoproj.io"])), "a finalizer"),
        (with(&application(), "/metadata/finalizers", json!(["example.com/never"])), "a finalizer"),
        (with(&config(), "/metadata/ownerReferences", json!([])), "`metadata.ownerReferences` is never rendered"),
        (with(&config(), "/metadata/generateName", json!("x")), "`metadata.generateName` is never rendered"),
        (with(&config(), "/metadata/labels", json!({"a": "b"})), "the label"),
    ] {
        let part = if object["kind"] == "Application" { applications() } else { service() };
        let said = of(&part, &object);
        assert!(said.contains(why), "{why}:\n{said}");
    }
}

#[test]
fn an_application_reads_its_own_directory_and_holds_the_cluster_to_it() {
    for (at, value, why) in [
        ("/spec/project", json!("default"), "of project `default` may not read"),
        ("/spec/project", json!("namespace.shop"), "may not read"),
        ("/spec/source/path", json!("out/lab/services/shop/other"), "may not read"),
        ("/spec/source/path", json!("out/attic/services/shop/api"), "may not read"),
        ("/spec/source/path", json!("."), "may not read"),
        ("/metadata/name", json!("shop.other"), "`shop.other` of project `shop` may not read"),
        ("/spec/destination/namespace", json!("kube-system"), "of another namespace"),
        ("/spec/destination/server", json!("https://elsewhere.example.com"), "for another cluster"),
        ("/spec/destination/name", json!("elsewhere"), "`spec.destination.name` is never rendered"),
        ("/spec/source/directory", json!({"include": "*.yaml", "recurse": true}), "neither a plain directory"),
        ("/spec/source/directory", json!({"jsonnet": {}}), "neither a plain directory"),
        ("/spec/source/directory", Value::Null, "neither a plain directory"),
        ("/spec/source/plugin", json!({"name": "casemate"}), "neither a plain directory"),
        ("/spec/source/helm", json!({}), "`spec.source.helm` is never rendered"),
        ("/spec/sources", json!([]), "`spec.sources` is never rendered"),
        ("/spec/syncPolicy/automated", json!({"prune": true, "selfHeal": true, "allowEmpty": true}), "does not undo"),
        ("/spec/syncPolicy/automated", Value::Null, "does not undo"),
        ("/spec/syncPolicy/syncOptions", json!(["Validate=false"]), "other options"),
        ("/spec/syncPolicy/managedNamespaceMetadata", json!({}), "managedNamespaceMetadata` is never rendered"),
        (
            "/spec/ignoreDifferences",
            json!([{"group": "apps", "kind": "Deployment", "jsonPointers": ["/spec"]}]),
            "ignores",
        ),
    ] {
        let said = of(&applications(), &with(&application(), at, value.clone()));
        assert!(said.contains(why), "{at} {value}: {why}:\n{said}");
    }
    let elsewhere = with(
        &with(&application(), "/spec/source/directory", Value::Null),
        "/spec/source/plugin",
        json!({"name": "casemate", "env": [{"name": "A", "value": "b"}]}),
    );
    assert!(of(&applications(), &elsewhere).contains("neither a plain directory"));
}

#[test]
fn a_project_is_narrow() {
    let entry = |group: &str, kind: &str| json!([{"group": group, "kind": kind}]);
    let in_none = |kind: &str, name: &str| json!([{"group": "rbac.authorization.k8s.io", "kind": kind, "name": name}]);
    for (at, value, why) in [
        ("/spec/sourceRepos", json!(["*"]), "any repository"),
        ("/spec/sourceRepos", json!([]), "any repository"),
        ("/spec/sourceRepos", Value::Null, "any repository"),
        ("/spec/destinations", json!([{"server": "*", "namespace": "shop"}]), "another destination"),
        (
            "/spec/destinations",
            json!([{"server": "https://kubernetes.default.svc", "namespace": "*"}]),
            "another destination",
        ),
        ("/spec/destinations", json!([]), "another destination"),
        ("/metadata/name", json!("*"), "another destination"),
        ("/spec/namespaceResourceWhitelist", entry("", "Secret"), "kinds that may not"),
        ("/spec/namespaceResourceWhitelist", entry("*", "*"), "kinds that may not"),
        ("/spec/namespaceResourceWhitelist", entry("argoproj.io", "Application"), "kinds that may not"),
        ("/spec/namespaceResourceWhitelist", json!([]), "kinds that may not"),
        ("/spec/namespaceResourceWhitelist", Value::Null, "kinds that may not"),
        ("/spec/clusterResourceWhitelist", in_none("ClusterRole", "*"), "not its own"),
        ("/spec/clusterResourceWhitelist", in_none("ClusterRole", "other.*"), "not its own"),
        ("/spec/clusterResourceWhitelist", entry("rbac.authorization.k8s.io", "ClusterRole"), "not its own"),
        ("/spec/clusterResourceWhitelist", json!([{"group": "", "kind": "Node", "name": "shop.*"}]), "not its own"),
        ("/spec/roles", json!([]), "`spec.roles` is never rendered"),
        ("/spec/namespaceResourceBlacklist", json!([]), "never rendered"),
    ] {
        let said = of(&applications(), &with(&project(), at, value.clone()));
        assert!(said.contains(why), "{at} {value}: {why}:\n{said}");
    }
}

#[test]
fn what_somebody_wrote_stays_in_its_line() {
    let long = with(&config(), "/kind", json!(format!("a\nb\u{1b}[2J{}", "x".repeat(10_000))));
    let said = of(&service(), &long);
    assert!(said.lines().all(|line| line.len() < 400 && !line.contains('\u{1b}')), "{said}");
}

/// Whatever the hash says: a weaker object is no rendered one.
#[test]
fn what_breaks_a_rule_of_the_model_is_refused_by_its_name() {
    let service_object = json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "api", "namespace": "shop", "labels": {"app.kubernetes.io/managed-by": "casemate"}},
        "spec": {"selector": {"app.kubernetes.io/name": "api"}},
    });
    assert_eq!(of(&service(), &service_object), "");
    for (at, value, rule) in [
        ("/spec/type", json!("NodePort"), "cluster-ip-services"),
        ("/spec/selector", Value::Null, "services-with-selector"),
    ] {
        let said = of(&service(), &with(&service_object, at, value));
        assert!(said.contains(rule) && said.ends_with(": render again and commit"), "{rule}:\n{said}");
    }
    let open = json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "api", "namespace": "shop", "labels": {"app.kubernetes.io/managed-by": "casemate"}},
        "spec": {"podSelector": {}, "policyTypes": ["Ingress"], "ingress": [{}]},
    });
    assert!(of(&service(), &open).contains("narrow-network-policies"));
}
