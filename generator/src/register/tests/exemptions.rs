//! Whom policies exempt and which namespaces they leave out: the page says what the rendered policies do, and each exemption is needed.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::prelude::*;
use serde_json::{Value, json};

use super::evidence::{File, seen, tree};
use super::world::graph;
use crate::audit;
use crate::example::{PAYMENTS, cluster, ledger};
use crate::graph::Graph;
use crate::meta::TIER;
use crate::policy::{EXEMPTS, Exemption, NAMESPACE_NAME, exemptions};
use crate::register::markdown::LOST;
use crate::register::pages;

const DB: Database = CloudNativePg::cluster(name!("ledger-pg"), PAYMENTS);

/// A cluster in which every exemption is needed.
fn exempting() -> Graph {
    let ledger = ledger().env(var!("DATABASE_URL"), DB.uri());
    graph(
        cluster()
            .cloud_native_pg(name!("cnpg-system"))
            .cert_manager(name!("cert-manager"))
            .kyverno(name!("kyverno"))
            .runs(Deployment::new(ledger)),
    )
}

fn is_policy(object: &Value) -> bool {
    object["apiVersion"] == "policies.kyverno.io/v1"
}

/// The register's page, by these files.
fn page(graph: &Graph, tree: &[File]) -> String {
    pages(graph, &seen(tree)).swap_remove(0).text
}

fn changed(tree: &[File], policy: &str, change: &dyn Fn(&mut Value)) -> Vec<File> {
    let mut tree = tree.to_vec();
    let is_it = |file: &&mut File| is_policy(&file.2) && file.2["metadata"]["name"] == policy;
    let mut all: Vec<&mut File> = tree.iter_mut().filter(is_it).collect();
    assert!(!all.is_empty(), "there is no policy {policy}");
    for file in &mut all {
        change(&mut file.2);
    }
    tree
}

fn variables(policy: &mut Value) -> &mut Vec<Value> {
    policy["spec"]["variables"].as_array_mut().expect("it has variables")
}

#[test]
fn every_exemption_of_a_policy_is_on_the_page_and_no_other() {
    let graph = exempting();
    let tree = tree(&graph);
    assert!(!page(&graph, &tree).contains(LOST));
    let declared = exemptions(&graph);
    let rendered = tree.iter().filter(|file| is_policy(&file.2)).flat_map(|(_, _, policy)| {
        let names = policy["spec"]["variables"].as_array().into_iter().flatten().filter_map(|it| it["name"].as_str());
        let exempt = names.filter(|name| name.starts_with(EXEMPTS));
        exempt.map(|variable| (policy["metadata"]["name"].to_string(), variable.to_owned()))
    });
    let rendered: BTreeSet<_> = rendered.collect();
    let said: BTreeSet<_> =
        declared.iter().map(|one| (json!(one.policy).to_string(), one.variable.to_owned())).collect();
    assert_eq!(rendered, said);
    for Exemption { policy, variable, .. } in &declared {
        let without = |object: &mut Value| variables(object).retain(|one| one["name"] != *variable);
        let wider = |object: &mut Value| {
            variables(object)
                .iter_mut()
                .filter(|one| one["name"] == *variable)
                .for_each(|one| one["expression"] = json!("true"));
        };
        let more = |object: &mut Value| variables(object).push(json!({"name": "exempt_me", "expression": "true"}));
        for (what, change) in [("removed", &without as &dyn Fn(&mut Value)), ("wider", &wider), ("one more", &more)] {
            let page = page(&graph, &changed(&tree, policy, change));
            assert!(page.contains(LOST), "{policy} {variable}: {what}");
        }
    }
}

/// The texts in the expressions of a policy, but for those that exempt.
fn words(policy: &Value) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut expressions = vec![policy];
    while let Some(value) = expressions.pop() {
        match value {
            Value::Object(map) if map.get("name").and_then(Value::as_str).is_some_and(|it| it.starts_with(EXEMPTS)) => {
            }
            Value::Object(map) => {
                if let Some(Value::String(expression)) = map.get("expression") {
                    words.extend(expression.split('\'').skip(1).step_by(2).map(str::to_owned));
                }
                expressions.extend(map.values());
            }
            Value::Array(items) => expressions.extend(items),
            _ => {}
        }
    }
    words
}

/// Nobody is let pass by a name but in an exemption. Three rules themselves speak of accounts, and one policy of namespaces, which the
/// page lists.
#[test]
fn no_name_stands_in_an_expression_but_to_exempt() {
    let graph = exempting();
    let speaking = BTreeMap::from([
        // What they ask for or refuse has a name: the proxy, and an account.
        ("own-service-account", vec!["default"]),
        ("own-service-account-platform", vec!["default"]),
        ("injected-proxy", vec!["linkerd-proxy"]),
        ("namespaces-keep-tier", vec!["system:serviceaccount:argocd:argocd-application-controller"]),
        ("no-unasked-token", vec![]),
        (
            "secrets-by-operators",
            vec![
                "payments",
                "system:serviceaccount:onepassword:onepassword-connect-operator",
                "system:serviceaccounts:cnpg-system",
            ],
        ),
        ("shut-new-namespaces", vec!["kube-", "kube-dns", "kube-system", "kyverno"]),
    ]);
    let mut names: BTreeSet<String> = [
        "argocd",
        "cert-manager",
        "cnpg-system",
        "default",
        "kubernetes",
        "kyverno",
        "ledger-pg",
        "linkerd",
        "onepassword",
    ]
    .map(str::to_owned)
    .into();
    names.extend(graph.namespaces.keys().map(ToString::to_string));
    names.extend(graph.services.keys().flat_map(|id| [id.to_string(), id.name.to_string()]));
    let is_name = |word: &&String| {
        let parts = word.split(['/', ':']);
        word.starts_with("kube-")
            || word.starts_with("system:service")
            || word.contains("cnpg")
            || word.contains("linkerd-proxy")
            || names.contains(*word)
            || parts.clone().count() > 1 && parts.into_iter().any(|part| names.contains(part))
    };
    let mut seen = 0;
    for (_, _, policy) in tree(&graph).iter().filter(|file| is_policy(&file.2)) {
        let name = policy["metadata"]["name"].as_str().expect("it has a name");
        let words = words(policy);
        seen += words.len();
        // The groups of everybody, and the annotations of the mesh, are no names of somebody.
        let all = ["system:serviceaccounts", "/linkerd/proxy:"];
        let found: Vec<&str> =
            words.iter().filter(is_name).map(String::as_str).filter(|word| !all.contains(word)).collect();
        assert_eq!(found, speaking.get(name).cloned().unwrap_or_default(), "{name}");
    }
    assert!(seen > 200, "{seen}");
}

/// Whether a policy looks into a namespace, by the labels that Kubernetes and the tree give it.
fn looks_into(policy: &Value, graph: &Graph, namespace: &str) -> bool {
    let is_of_services = graph.namespaces.keys().any(|one| one.as_str() == namespace);
    let selector = &policy["spec"]["matchConstraints"]["namespaceSelector"];
    let is_labelled = selector["matchLabels"][TIER].as_str().is_none_or(|tier| (tier == "services") == is_of_services);
    let requirements = selector["matchExpressions"].as_array().into_iter().flatten();
    is_labelled
        && requirements.into_iter().all(|requirement| {
            let is_in = |name: &str| requirement["values"].as_array().is_some_and(|all| all.contains(&json!(name)));
            assert_eq!(requirement["operator"], "NotIn");
            if requirement["key"] == NAMESPACE_NAME {
                !is_in(namespace)
            } else {
                !(is_of_services && is_in("services"))
            }
        })
}

#[test]
fn an_exemption_that_nothing_needs_is_an_error() {
    let graph = exempting();
    let tree = tree(&graph);
    let exemptions = exemptions(&graph);
    assert!(exemptions.len() > 6, "{exemptions:?}");
    for Exemption { policy, variable, expression: _, namespaces, who, reason, needed_by } in exemptions {
        let is_it = |file: &&File| {
            is_policy(&file.2) && file.2["kind"] == "ValidatingPolicy" && file.2["metadata"]["name"] == *policy
        };
        let rendered = &tree.iter().find(is_it).unwrap_or_else(|| panic!("{policy} is not rendered")).2;
        let asks = rendered["spec"]["validations"][0]["expression"].as_str().unwrap_or_default();
        assert!(asks.contains(&format!("variables.{variable}")), "{policy} does not ask for {variable}");
        assert!(!who.is_empty() && !reason.is_empty(), "{policy} {variable}");
        assert!(!needed_by.is_empty(), "{policy}: nothing needs {variable}");
        for namespace in &namespaces {
            assert!(looks_into(rendered, &graph, namespace), "{policy} exempts what it never sees, in {namespace}");
        }
        for (kind, name) in needed_by {
            // What lies in no namespace has none in its name.
            let Some((namespace, name)) = name.split_once('/') else { continue };
            assert!(looks_into(rendered, &graph, namespace), "{policy}: {kind} {name} is nothing that it sees");
            assert!(namespaces.is_empty() || namespaces.contains(namespace), "{policy}: {kind} {name} is elsewhere");
        }
    }
    let without = graph_without_databases();
    assert!(crate::policy::exemptions(&without).iter().all(|one| !one.variable.contains("database")));
}

fn graph_without_databases() -> Graph {
    graph(cluster().cloud_native_pg(name!("cnpg-system")).kyverno(name!("kyverno")).runs(Deployment::new(ledger())))
}

/// The pod of an instance, as CloudNativePG 1.28 makes it of a `Cluster` that states its resources and keeps out of the mesh, as far as
/// rules look at it. What the operator sets by itself: the account, both security contexts, the image that its manager is copied from.
fn instance() -> Value {
    let context = json!({
        "allowPrivilegeEscalation": false,
        "capabilities": {"drop": ["ALL"]},
        "privileged": false,
        "readOnlyRootFilesystem": true,
        "runAsNonRoot": true,
        "seccompProfile": {"type": "RuntimeDefault"},
    });
    let resources = json!({"requests": {"cpu": "10m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}});
    let container = |name: &str, image: &str| json!({"name": name, "image": image, "resources": resources, "securityContext": context});
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": "ledger-pg-1",
            "namespace": "payments",
            "labels": {"cnpg.io/cluster": "ledger-pg", "cnpg.io/instanceName": "ledger-pg-1", "cnpg.io/podRole": "instance"},
            "annotations": {"linkerd.io/inject": "disabled"},
        },
        "spec": {
            "serviceAccountName": "ledger-pg",
            "securityContext": {
                "fsGroup": 26, "runAsGroup": 26, "runAsNonRoot": true, "runAsUser": 26,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "initContainers": [container("bootstrap-controller", "ghcr.io/cloudnative-pg/cloudnative-pg:1.28.0")],
            "containers": [container("postgres", "ghcr.io/cloudnative-pg/postgresql:18.1-standard-trixie")],
            "volumes": [{"name": "pgdata", "persistentVolumeClaim": {"claimName": "ledger-pg-1"}}],
        },
    })
}

/// What the audit finds in the pod is what policies exempt it from, no more and no less.
#[test]
fn the_pod_of_a_database_breaks_exactly_the_rules_that_it_is_exempt_from() {
    let exempt = exemptions(&exempting());
    let exempt: BTreeSet<&str> =
        exempt.iter().filter(|one| one.variable == "exempt_databases").map(|one| one.policy.as_str()).collect();
    let mut broken: BTreeSet<String> = audit::breaches(&instance())
        .iter()
        .map(|breach| {
            breach.rsplit("and `").next().and_then(|rest| rest.split('`').next()).unwrap_or_default().to_owned()
        })
        .collect();
    // The audit says once that a pod keeps out of the mesh; of the two policies that refuse it one looks at the annotation.
    assert!(broken.contains("injected-proxy"), "{broken:?}");
    broken.insert("our-mesh-settings".to_owned());
    assert_eq!(broken.iter().map(String::as_str).collect::<BTreeSet<_>>(), exempt);
}

#[test]
fn every_namespace_that_policies_leave_out_is_on_the_page() {
    let graph = exempting();
    let tree = tree(&graph);
    let (_, list) = page(&graph, &tree)
        .split_once("### Namespaces that policies leave out\n")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("it is there");
    let list = list.split("\n### ").next().unwrap_or_default().to_owned();
    insta::assert_snapshot!(list.trim(), @"
    What is in these namespaces, these policies do not look at. Every other namespace that is not of services is held by the policies of the platform, most of which report, and refuse nothing. Kyverno's own filters leave out `kube-node-lease` and `kube-public`, too, unless its values say otherwise.

    | namespace | left out by | reason |
    |---|---|---|
    | `kube-*` | `shut-new-namespaces` | Kubernetes makes them for itself: they are not new namespaces of somebody's |
    | `kube-system` | all but `namespaces-keep-tier`, `pod-security-labels` | what the cluster stands on runs there, and has to come up without Kyverno |
    | `kyverno` | all but `namespaces-keep-tier`, `pod-security-labels` | Kyverno runs there, and has to come up without its own answer |
    ");
    // One more in one policy is one more on the page, and nobody has a reason for it.
    let blind = changed(&tree, "no-host-path", &|policy| {
        let values = &mut policy["spec"]["matchConstraints"]["namespaceSelector"]["matchExpressions"][0]["values"];
        values.as_array_mut().expect("names").push(json!("payments"));
    });
    assert!(page(&graph, &blind).contains(&format!("| `payments` | `no-host-path` | {LOST} |")));
    let new = changed(&tree, "shut-new-namespaces", &|policy| {
        let expression = &mut policy["spec"]["matchConditions"][1]["expression"];
        *expression = json!(expression.as_str().unwrap_or_default().replace("'kyverno'", "'kyverno', 'lab'"));
    });
    assert!(page(&graph, &new).contains(&format!("| `lab` | `shut-new-namespaces` | {LOST} |")));
}
