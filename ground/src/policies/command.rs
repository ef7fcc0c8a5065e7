//! Kyverno's command, which people run before they push: it says what the engine says, and shows what a new namespace gets.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::request::{Cluster, ELSEWHERE};
use super::{ours, twins};
use crate::pods::each;
use crate::table::Findings;
use crate::tree::{Tree, text};

/// The kinds of which it is shown one whole object. It compiles every policy for every object, so that a whole tree takes minutes; the
/// engine is asked about all of it.
const SHOWN: [&str; 5] = ["NetworkPolicy", "Pod", "Role", "RoleBinding", "Service"];

pub(super) fn judge(
    command: &Path,
    policies: &Path,
    cluster: &Cluster,
    tree: &Tree,
    scratch: &Path,
    findings: &mut Findings,
) -> Result<()> {
    std::fs::create_dir_all(scratch)?;
    let ours = ours(tree)?;
    let first = |kind: &str| ours.iter().find(|object| object["kind"] == kind).cloned();
    let objects: Vec<Value> = SHOWN.into_iter().filter_map(first).collect();
    let run = Run { command, policies, scratch, cluster };
    for (object, refusing) in run.refusing("ours", &objects)? {
        findings.check(&object, refusing.is_empty(), || format!("{refusing:?} refuse it"));
    }
    refused(&run, cluster, tree, findings)?;
    generated(&run, findings)
}

/// One broken twin for each policy is refused by it, and by no other.
fn refused(run: &Run<'_>, cluster: &Cluster, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let home = text(&cluster.of_services()?["metadata"]["name"]);
    let (mut broken, mut expected, mut policies) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    for (number, twin) in twins::all().filter(|twin| twin.can_be_renamed()).enumerate() {
        if !policies.insert(twin.policy) {
            continue;
        }
        let Some((_, mut object)) = twin.pair(tree, home) else { continue };
        let name = format!("twin-{number}");
        object["metadata"]["name"] = json!(name);
        expected.insert(name, twin);
        broken.push(object);
    }
    let said = run.refusing("broken", &broken)?;
    for (name, twin) in expected {
        let refusing = said.get(&name).cloned().unwrap_or_default();
        findings.check(&twin.name(), refusing == BTreeSet::from([twin.policy.to_owned()]), || {
            format!("refused by {refusing:?}")
        });
    }
    Ok(())
}

/// A namespace of nobody's is shut; ours, the platform's and Kubernetes' own are not touched.
fn generated(run: &Run<'_>, findings: &mut Findings) -> Result<()> {
    let namespace = |name: &str, labels: Value| json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}});
    for (object, expected) in [
        (namespace("fresh", json!({})), vec!["casemate-default-deny", "casemate-dns"]),
        (namespace("declared", json!({"casemate.dev/tier": "services"})), vec![]),
        (namespace("charted", json!({"casemate.dev/tier": "platform"})), vec![]),
        (namespace("kube-flannel", json!({})), vec![]),
        (namespace("kyverno", json!({})), vec![]),
    ] {
        let name = text(&object["metadata"]["name"]).to_owned();
        let output = run.apply(&name, &[object])?;
        let made: Vec<&str> = output
            .split("\npolicy ")
            .filter(|part| part.starts_with("shut-new-namespaces ") && part.contains("kind: NetworkPolicy"))
            .filter(|part| part.contains(&format!("\n    namespace: {name}\n")))
            .filter_map(|part| part.split("\n    name: ").nth(1)?.split('\n').next())
            .collect();
        findings.check(&format!("a new namespace {name}"), made == expected, || {
            format!("it gets {made:?}, not {expected:?}")
        });
    }
    Ok(())
}

struct Run<'a> {
    command: &'a Path,
    policies: &'a Path,
    scratch: &'a Path,
    cluster: &'a Cluster,
}

impl Run<'_> {
    /// Which policies refuse which object, by its name. Exit code 1 is how the command says that one does.
    fn refusing(&self, what: &str, objects: &[Value]) -> Result<BTreeMap<String, BTreeSet<String>>> {
        let output = self.run(what, objects, &["--policy-report", "--output-format", "json"])?;
        // It prints the report behind whatever it said about mutation, on the same line.
        let at = output.find("{\"kind\":\"ClusterReport\"").context("Kyverno's command prints no report")?;
        let mut values = serde_json::Deserializer::from_str(&output[at..]).into_iter::<Value>();
        let report = values.next().context("Kyverno's command prints no report")?;
        let report = report.context("the report of Kyverno's command is no JSON")?;
        let mut refusing: BTreeMap<String, BTreeSet<String>> =
            objects.iter().map(|object| (text(&object["metadata"]["name"]).to_owned(), BTreeSet::new())).collect();
        let mut passed = 0_usize;
        for result in each(&report["results"]) {
            if ["pass", "skip"].contains(&text(&result["result"])) {
                passed += 1;
                continue;
            }
            for resource in each(&result["resources"]) {
                refusing
                    .entry(text(&resource["name"]).to_owned())
                    .or_default()
                    .insert(text(&result["policy"]).to_owned());
            }
        }
        if passed == 0 {
            bail!("Kyverno's command let nothing pass");
        }
        Ok(refusing)
    }

    fn apply(&self, what: &str, objects: &[Value]) -> Result<String> {
        self.run(what, objects, &[])
    }

    fn run(&self, what: &str, objects: &[Value], options: &[&str]) -> Result<String> {
        let resources = self.scratch.join(format!("{what}.yaml"));
        let documents: Vec<String> = objects.iter().map(Value::to_string).collect();
        std::fs::write(&resources, documents.join("\n---\n"))?;
        let values = self.scratch.join("values.yaml");
        let selectors: Vec<Value> =
            self.cluster.labels().map(|(name, labels)| json!({"name": name, "labels": labels})).collect();
        let known = json!({"apiVersion": "cli.kyverno.io/v1alpha1", "kind": "Value", "metadata": {"name": ELSEWHERE},
            "namespaceSelector": selectors});
        std::fs::write(&values, known.to_string())?;
        let output = Command::new(self.command)
            .arg("apply")
            .arg(self.policies)
            .arg("--resource")
            .arg(&resources)
            .arg("--values-file")
            .arg(&values)
            .arg("--remove-color")
            .args(options)
            .output()
            .with_context(|| format!("cannot run {}", self.command.display()))?;
        if !matches!(output.status.code(), Some(0 | 1)) {
            bail!("kyverno apply: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}
