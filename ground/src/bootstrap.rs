//! The script of `casemate bootstrap` against a real API server: the steps that need nothing but `kubectl`, and the way in while the
//! policy engine is down.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::api::Api;
use crate::cluster::Plane;
use crate::interrupt;
use crate::table::Findings;
use crate::tree::Tree;

/// What no test of ours may print or keep: it stands for a secret.
const SECRET: &str = "{\"stands-for\": \"a-secret\"}";

/// A script, and where it is run.
#[derive(Debug)]
pub(crate) struct Script {
    path: PathBuf,
    text: String,
    checkout: PathBuf,
}

/// How a run ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) is_well: bool,
    pub(crate) said: String,
}

impl Script {
    /// Has `casemate bootstrap` print the script of a tree's cluster; none if it does not know the cluster.
    pub(crate) fn of(repository: &Path, tree: &Tree, home: &Path) -> Result<Option<Self>> {
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["run", "--quiet", "--package", "homelab", "--", "bootstrap", "--cluster", tree.cluster()])
            .current_dir(repository)
            .output()
            .context("cannot run cargo")?;
        if output.status.code() == Some(2) {
            return Ok(None);
        }
        let error = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "`cargo run -- bootstrap --cluster {}` failed: {error}", tree.cluster());
        let text = String::from_utf8(output.stdout).context("the script")?;
        let path = home.join("bootstrap.sh");
        std::fs::write(&path, &text)?;
        Ok(Some(Self { path, text, checkout: repository.to_owned() }))
    }

    /// Whether the cluster has a policy engine that can be down.
    pub(crate) fn breaks_glass(&self) -> bool {
        self.text.contains("\nbreak_glass() {")
    }

    /// Runs the script against an API server.
    pub(crate) fn run(&self, plane: &Plane, arguments: &[&str], input: &str) -> Result<Ran> {
        let mut child = Command::new("sh")
            .arg(&self.path)
            .args(arguments)
            .env("KUBECONFIG", &plane.kubeconfig)
            .env("KUBE_CONTEXT", "ground")
            .env("CHECKOUT", &self.checkout)
            .env("TIMEOUT", "5s")
            .env_remove("OP_CREDENTIALS")
            .env_remove("OP_TOKEN")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot run sh")?;
        // A step that is done reads nothing.
        let _ = child.stdin.take().context("a pipe")?.write_all(input.as_bytes());
        let output = child.wait_with_output()?;
        let said = [output.stdout, output.stderr].concat();
        interrupt::sleep(std::time::Duration::ZERO)?;
        Ok(Ran { is_well: output.status.success(), said: String::from_utf8_lossy(&said).into_owned() })
    }
}

/// Namespaces, Secrets and root: each is made once, and a second run finds it.
pub(crate) fn steps(script: &Script, plane: &Plane, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let has_operator = script.text.contains("\ntoken_do() {");
    let mut steps = vec![("namespaces", ""), ("root", "")];
    if has_operator {
        steps.extend([("credentials", SECRET), ("token", "stands-for-another\n")]);
    }
    for (step, input) in steps {
        let first = script.run(plane, &[step], input)?;
        findings.check(step, first.is_well && !first.said.contains("done already"), || first.said.clone());
        let again = script.run(plane, &[step], "")?;
        findings.check(&format!("{step}, again"), again.is_well && again.said.contains("done already"), || {
            again.said.clone()
        });
        findings.check(&format!("{step} tells no secret"), !first.said.contains("stands-for"), || first.said.clone());
    }
    if has_operator {
        let secret = json!({"apiVersion": "v1", "kind": "Secret",
            "metadata": {"name": "onepassword-token", "namespace": "onepassword"}});
        let live = plane.api.get(&plane.api.path(&secret)?)?.context("the Secret of the token")?;
        // `stands-for-another`, without the line break.
        findings.check(
            "the token is what was piped in",
            live["data"] == json!({"token": "c3RhbmRzLWZvci1hbm90aGVy"}),
            || "it is something else".to_owned(),
        );
        script.run(plane, &["undo", "token"], "")?;
        findings.check("undo token", plane.api.get(&plane.api.path(&secret)?)?.is_none(), || "it is there".to_owned());
        let wrong = script.run(plane, &["token"], SECRET)?;
        let taken_back = !wrong.is_well && plane.api.get(&plane.api.path(&secret)?)?.is_none();
        findings.check("the wrong secret is taken back", taken_back, || wrong.said.clone());
    }
    // This is not the declared cluster: it has no nodes, and other networks.
    let check = script.run(plane, &["check"], "")?;
    let names_all = ["no node is ready", "the API server's Service has the address", "nothing was changed"]
        .iter()
        .all(|wrong| check.said.contains(wrong));
    findings.check("check refuses another cluster", !check.is_well && names_all, || check.said.clone());
    let undo = script.run(plane, &["undo", "namespaces"], "")?;
    findings.check("undo namespaces, with Applications there", !undo.is_well, || undo.said.clone());
    let undo = script.run(plane, &["undo", "root"], "")?;
    let root = plane.api.path(&tree.root_application()?.object)?;
    let is_gone = undo.is_well && plane.api.get(&root)?.is_none();
    findings.check("undo root", is_gone, || undo.said.clone());
    Ok(())
}

/// Kyverno's webhooks do not answer and fail closed everywhere: the platform is opened, the service tier is not, and stays shut.
pub(crate) fn break_glass(script: &Script, plane: &Plane, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let api = &plane.api;
    let tier =
        |manifest: &&crate::tree::Manifest| manifest.object["metadata"]["labels"]["casemate.dev/tier"] == "services";
    let service = tree.of_kind("Namespace").find(tier).context("the tree has no namespace of services")?;
    api.create(&service.object, "")?.object()?;
    let (services, platform) = (service.name(), "mended");
    api.create(&json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": platform}}), "")?.object()?;
    for namespace in [services, platform] {
        let account = json!({"apiVersion": "v1", "kind": "ServiceAccount",
            "metadata": {"name": "default", "namespace": namespace}});
        api.create(&account, "")?.object()?;
    }
    api.create(&pod(services, "runs"), "")?.object().context("a pod, before anything is away")?;
    api.create(&webhook(), "")?.object()?;
    // The API server takes a moment to ask it.
    interrupt::until("the webhook to be asked", std::time::Duration::from_secs(30), || {
        let answer = api.create(&pod(platform, "probe"), "?dryRun=All")?;
        Ok(if answer.granted() { Err("a pod is admitted".to_owned()) } else { Ok(()) })
    })?;

    let broken = script.run(plane, &["break-glass"], "")?;
    findings.check("break-glass", broken.is_well, || broken.said.clone());
    findings.check("the platform can be repaired", api.create(&pod(platform, "one"), "")?.granted(), || {
        "a pod of the platform is refused".to_owned()
    });
    for (what, object) in unjudged(services) {
        let answer = api.create(&object, "")?;
        let refused = !answer.granted() && answer.message().contains("casemate-break-glass");
        findings.check(&format!("{what} among services is refused"), refused, || answer.message());
    }
    let path = api.path(&pod(services, "runs"))?;
    findings.case("what runs may be labelled", granted(api, &path, &json!({"metadata": {"labels": {"a": "b"}}}), true));
    let image = json!({"spec": {"containers": [{"name": "one", "image": "registry.example.com/other:1",
        "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}]}});
    findings.case("what runs gets no other image", granted(api, &path, &image, false));
    let status = json!({"status": {"phase": "Running"}});
    findings.case("what runs tells its status", granted(api, &format!("{path}/status"), &status, true));
    let mend = script.run(plane, &["mend"], "")?;
    let stays_shut = !mend.is_well && !api.create(&pod(services, "two"), "")?.granted();
    findings.check("it stays shut while Kyverno is not there", stays_shut, || mend.said.clone());
    Ok(())
}

fn granted(api: &Api, path: &str, fields: &Value, expected: bool) -> Result<(), String> {
    let answer = api.merge(path, fields).map_err(|error| format!("{error:#}"))?;
    if answer.granted() == expected { Ok(()) } else { Err(answer.message()) }
}

/// What nobody could judge while Kyverno is away.
fn unjudged(namespace: &str) -> [(&'static str, Value); 5] {
    let metadata = json!({"name": "unjudged", "namespace": namespace});
    [
        ("a pod", pod(namespace, "unjudged")),
        (
            "a Service",
            json!({"apiVersion": "v1", "kind": "Service", "metadata": metadata,
            "spec": {"ports": [{"port": 80}]}}),
        ),
        ("a Secret", json!({"apiVersion": "v1", "kind": "Secret", "metadata": metadata})),
        (
            "a Role",
            json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": metadata, "rules": []}),
        ),
        (
            "a NetworkPolicy",
            json!({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": metadata,
            "spec": {"podSelector": {}}}),
        ),
    ]
}

/// A pod that Pod Security's `restricted` admits.
fn pod(namespace: &str, name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": namespace}, "spec": {
        "securityContext": {"runAsNonRoot": true, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [{"name": "one", "image": "registry.example.com/one:1",
            "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}],
    }})
}

/// A webhook as Kyverno would have it if it failed closed everywhere. Nobody listens at port 1.
fn webhook() -> Value {
    json!({"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
        "metadata": {"name": "kyverno-resource-validating-webhook-cfg",
            "labels": {"webhook.kyverno.io/managed-by": "kyverno"}},
        "webhooks": [{"name": "validate.kyverno.svc-fail", "clientConfig": {"url": "https://127.0.0.1:1/validate"},
            "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["pods"]}],
            "failurePolicy": "Fail", "sideEffects": "None", "admissionReviewVersions": ["v1"]}]})
}
