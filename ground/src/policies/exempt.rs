//! What policies let pass although it breaks their rules: the pods of declared databases, and the roles that their operator writes. The
//! same elsewhere, under another name, or by somebody else, is refused by exactly the policies that let it pass.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::engine::Engine;
use super::request::{Cluster, Question};
use crate::given::DATABASE;
use crate::pods::each;
use crate::table::Findings;
use crate::tree::{Manifest, Tree, text};

/// Each question with its name and the policies that refuse it.
type Asked = (Question, String, Vec<String>);

/// The databases that the tree opens the network for: namespace and name.
pub(super) fn databases(tree: &Tree) -> BTreeSet<(&str, &str)> {
    let policies = tree.of_kind("NetworkPolicy");
    policies
        .filter_map(|policy| {
            let name = policy.object["spec"]["podSelector"]["matchLabels"][DATABASE].as_str()?;
            Some((policy.namespace(), name))
        })
        .collect()
}

/// Asks about each, and about what is not quite one of them.
pub(super) fn judge(engine: &Engine, cluster: &Cluster, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let asked = questions(cluster, tree)?;
    let questions: Vec<Question> = asked.iter().map(|(question, _, _)| question.clone()).collect();
    for ((_, name, expected), answer) in asked.iter().zip(engine.ask(&questions)?) {
        let refusing = answer.refusing();
        let said: Vec<String> = answer.verdicts.iter().map(ToString::to_string).collect();
        findings.check(name, refusing == *expected, || {
            let said: Vec<&String> =
                said.iter().filter(|said| refusing.iter().any(|by| said.starts_with(by))).collect();
            format!("{expected:?} should refuse, and it was {said:?}")
        });
    }
    Ok(())
}

fn questions(cluster: &Cluster, tree: &Tree) -> Result<Vec<Asked>> {
    let databases = databases(tree);
    let exempting = exempting(tree, "exempt_databases");
    let mut asked = Vec::new();
    for (namespace, name) in &databases {
        let own = instance(namespace, name);
        let mut ask = |what: &str, pod: Value, refusing: &[String]| {
            asked.push((cluster.created(pod), format!("a pod of {namespace}/{name}, {what}"), refusing.to_vec()));
        };
        ask("whole", own.clone(), &[]);
        let changed = |at: &[&str], value: Value| {
            let mut pod = own.clone();
            *at.iter().fold(&mut pod, |place, key| &mut place[*key]) = value;
            pod
        };
        ask("of another database", changed(&["metadata", "labels", DATABASE], json!("other")), &exempting);
        let elsewhere = cluster.all_of_services().find(|one| databases.iter().all(|(of, _)| of != one));
        let elsewhere = elsewhere.context("a namespace of services without a database")?;
        ask("in another namespace", changed(&["metadata", "namespace"], json!(elsewhere)), &exempting);
        let setting = changed(&["metadata", "annotations", "config.linkerd.io/skip-inbound-ports"], json!("5432"));
        ask("which says more of the mesh", setting, &["our-mesh-settings".to_owned()]);
        let proxied = changed(&["metadata", "annotations", "linkerd.io/inject"], json!("ingress"));
        ask("which asks for another proxy", proxied, &["our-mesh-settings".to_owned()]);
        let unlimited = changed(&["spec", "containers"], json!([container("postgres", &Value::Null)]));
        ask("without resources", unlimited, &["requests-and-memory-limit".to_owned()]);
        let role = json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
            "metadata": {"name": name, "namespace": namespace},
            "rules": [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "watch"], "resourceNames": [format!("{name}-app")]}]});
        let operator = format!("system:serviceaccount:{}:cloudnative-pg", operator(tree)?);
        let refusing = self::exempting(tree, "exempt_database_operator");
        let by = |account: &str| cluster.created(role.clone()).by(account);
        asked.push((by(&operator), format!("the role of {namespace}/{name}, by its operator"), Vec::new()));
        asked.push((by("alice"), format!("the role of {namespace}/{name}, by somebody else"), refusing));
    }
    Ok(asked)
}

/// The policies with an exemption of this name.
fn exempting(tree: &Tree, variable: &str) -> Vec<String> {
    let has_it = |policy: &&Manifest| each(&policy.object["spec"]["variables"]).any(|one| one["name"] == variable);
    tree.of_kind("ValidatingPolicy").filter(has_it).map(|policy| policy.name().to_owned()).collect()
}

/// The namespace of the operator of databases: of its chart.
fn operator(tree: &Tree) -> Result<&str> {
    let mut charts = tree.of_kind("Application");
    let chart =
        charts.find(|one| each(&one.object["spec"]["sources"]).any(|source| source["chart"] == "cloudnative-pg"));
    Ok(text(&chart.context("the tree installs no operator of databases")?.object["spec"]["destination"]["namespace"]))
}

fn container(name: &str, resources: &Value) -> Value {
    json!({"name": name, "image": "ghcr.io/cloudnative-pg/postgresql:18.1", "resources": resources, "securityContext": {
        "allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}, "privileged": false,
        "readOnlyRootFilesystem": true, "runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"},
    }})
}

/// What CloudNativePG makes of a `Cluster` that states its resources and keeps out of the mesh, as far as policies look at it.
fn instance(namespace: &str, name: &str) -> Value {
    let resources = json!({"requests": {"cpu": "10m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}});
    json!({"apiVersion": "v1", "kind": "Pod",
    "metadata": {"name": format!("{name}-1"), "namespace": namespace, "labels": {DATABASE: name},
        "annotations": {"linkerd.io/inject": "disabled"}},
    "spec": {
        "serviceAccountName": name,
        "securityContext": {"fsGroup": 26, "runAsGroup": 26, "runAsNonRoot": true, "runAsUser": 26,
            "seccompProfile": {"type": "RuntimeDefault"}},
        "initContainers": [container("bootstrap-controller", &resources)],
        "containers": [container("postgres", &resources)],
    }})
}
