//! What depends on who asks, and on what was there before: namespaces that move, Secrets that are written, routes of strangers.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::super::request::{Cluster, ELSEWHERE, Question};
use super::pods::{remove, set};
use crate::tree::{Manifest, Tree, text};

const PERSON: &str = "alice";

const TIER: &str = "casemate.dev/tier";

const REFUSING: &[&str] = &["secrets-by-operators"];

const LEVEL: &str = "pod-security.kubernetes.io/enforce";

/// Each question with its name and the policies that refuse it.
type Asked = (Question, String, Vec<&'static str>);

pub(super) fn questions(cluster: &Cluster, tree: &Tree) -> Result<Vec<Asked>> {
    let ours = cluster.of_services()?;
    let mut asked = namespaces(cluster, ours);
    asked.extend(secrets(cluster, tree, text(&ours["metadata"]["name"]))?);
    asked.extend(strangers(cluster, tree)?);
    Ok(asked)
}

fn ask(question: Question, name: &str, refusing: &[&'static str]) -> Asked {
    (question, name.to_owned(), refusing.to_vec())
}

fn with(namespace: &Value, change: impl FnOnce(&mut Value) -> bool) -> Value {
    let mut changed = namespace.clone();
    let _changed = change(&mut changed["metadata"]["labels"]);
    changed
}

fn namespaces(cluster: &Cluster, ours: &Value) -> Vec<Asked> {
    let foreign =
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "new", "labels": {LEVEL: "baseline"}}});
    let moved_away = with(ours, |labels| remove(labels, TIER));
    let moved_in = with(&foreign, |labels| set(&mut labels[TIER], json!("services")));
    let shut_in = with(ours, |_| true);
    let bare = with(&foreign, |labels| remove(labels, LEVEL));
    let without_level = with(ours, |labels| remove(labels, LEVEL));
    let lowered = with(ours, |labels| set(&mut labels[LEVEL], json!("baseline")));
    let aged = with(ours, |labels| set(&mut labels["pod-security.kubernetes.io/enforce-version"], json!("v1.18")));
    let unmeshed = {
        let mut namespace = ours.clone();
        namespace["metadata"]["annotations"]["linkerd.io/inject"] = json!("disabled");
        namespace
    };
    let finalized = |namespace: &Value| {
        let mut namespace = namespace.clone();
        namespace["spec"]["finalizers"] = json!([]);
        namespace
    };
    vec![
        ask(
            cluster.updated(moved_away.clone(), ours.clone()).by(PERSON),
            "a person moves a namespace away",
            &["namespaces-keep-tier"],
        ),
        ask(
            cluster.updated(moved_away.clone(), ours.clone()).by(PERSON).through("status"),
            "a person moves a namespace away, through its status",
            &["namespaces-keep-tier"],
        ),
        ask(
            cluster.updated(moved_away.clone(), ours.clone()).by(PERSON).through("finalize"),
            "a person moves a namespace away, through its finalizers",
            &["namespaces-keep-tier"],
        ),
        ask(cluster.updated(moved_away, ours.clone()), "Argo CD moves a namespace away", &[]),
        ask(
            cluster.updated(moved_in.clone(), foreign.clone()).by(PERSON),
            "a person moves a namespace among services",
            &["namespaces-keep-tier", "pod-security-labels"],
        ),
        ask(cluster.created(shut_in).by(PERSON), "a person creates a namespace of services", &["namespaces-keep-tier"]),
        ask(
            cluster.updated(moved_in, foreign.clone()),
            "Argo CD moves one that is not `restricted`",
            &["pod-security-labels"],
        ),
        ask(
            cluster.updated(without_level, ours.clone()),
            "a namespace of services loses its level",
            &["pod-security-labels"],
        ),
        ask(
            cluster.updated(lowered.clone(), ours.clone()),
            "a namespace of services is lowered",
            &["pod-security-labels"],
        ),
        ask(
            cluster.updated(lowered, ours.clone()).through("status"),
            "a namespace of services is lowered, through its status",
            &["pod-security-labels"],
        ),
        ask(
            cluster.updated(aged, ours.clone()),
            "a namespace of services is held to old rules",
            &["pod-security-labels"],
        ),
        ask(cluster.updated(unmeshed, ours.clone()), "a namespace of services leaves the mesh", &["our-mesh-settings"]),
        ask(
            cluster
                .updated(finalized(ours), ours.clone())
                .by("system:serviceaccount:kube-system:namespace-controller")
                .through("finalize"),
            "Kubernetes ends a namespace of services",
            &[],
        ),
        ask(cluster.created(bare.clone()).by(PERSON), "a namespace without a level", &["pod-security-labels-platform"]),
        ask(
            cluster.updated(bare, foreign.clone()).by(PERSON),
            "a namespace loses its level",
            &["pod-security-labels-platform", "pod-security-labels-stay-platform"],
        ),
        ask(cluster.created(foreign).by(PERSON), "a namespace with a level", &[]),
    ]
}

fn secrets(cluster: &Cluster, tree: &Tree, home: &str) -> Result<Vec<Asked>> {
    let secret = |namespace: &str, content: &str| {
        json!({"apiVersion": "v1", "kind": "Secret", "type": "Opaque",
            "metadata": {"name": "s", "namespace": namespace}, "data": {"key": content}})
    };
    let operator = "system:serviceaccount:onepassword:onepassword-connect-operator";
    let neighbour = "system:serviceaccount:onepassword:default";
    let mut noted = secret(home, "b2xk");
    noted["metadata"]["annotations"] = json!({"note": "changed"});
    let mut asked = vec![
        ask(cluster.created(secret(home, "bmV3")).by(operator), "the 1Password operator makes a Secret", &[]),
        ask(cluster.created(secret(home, "bmV3")).by(neighbour), "its neighbour makes a Secret", REFUSING),
        ask(cluster.created(secret(home, "bmV3")), "Argo CD makes a Secret", REFUSING),
        ask(cluster.created(secret(home, "bmV3")).by(PERSON), "a person makes a Secret", REFUSING),
        ask(
            cluster.updated(secret(home, "bmV3"), secret(home, "b2xk")).by(PERSON),
            "a person changes a Secret",
            REFUSING,
        ),
        ask(cluster.updated(noted, secret(home, "b2xk")).by(PERSON), "a person annotates a Secret", &[]),
        ask(cluster.created(secret(ELSEWHERE, "bmV3")).by(PERSON), "a person makes a Secret elsewhere", &[]),
    ];
    let cert_manager = "system:serviceaccount:cert-manager:cert-manager";
    let of_services: Vec<&str> = cluster.all_of_services().collect();
    let certificates: Vec<&str> = tree.of_kind("Certificate").map(Manifest::namespace).collect();
    let (with, without): (Vec<&str>, Vec<&str>) = of_services.iter().partition(|name| certificates.contains(name));
    if let Some(with) = with.first() {
        let made = cluster.created(secret(with, "bmV3")).by(cert_manager);
        asked.push(ask(made, "cert-manager makes a certificate where one is declared", &[]));
        let without = without.first().context("every namespace of services has a certificate")?;
        let made = cluster.created(secret(without, "bmV3")).by(cert_manager);
        asked.push(ask(made, "cert-manager makes another Secret", REFUSING));
    }
    Ok(asked)
}

fn strangers(cluster: &Cluster, tree: &Tree) -> Result<Vec<Asked>> {
    let route = tree.of_kind("TLSRoute").next().context("the tree has no TLSRoute")?;
    let mut stranger = route.object.clone();
    stranger["metadata"]["namespace"] = json!(ELSEWHERE);
    let mut own = stranger.clone();
    own["spec"]["parentRefs"][0]["namespace"] = json!(ELSEWHERE);
    Ok(vec![
        ask(cluster.created(stranger), "a stranger's route to our EgressNetwork", &["egress-fence-platform"]),
        ask(cluster.created(own), "a stranger's route to their own", &[]),
    ])
}
