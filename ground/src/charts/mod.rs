//! What the declared charts render: with Helm's own engine, the declared values and in the declared versions.
//!
//! No repository of charts is reached from here. Some charts lie in published modules, too; the others are named as not rendered.

mod permitted;
mod published;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::api::{Answer, Api};
use crate::pins::HELM;
use crate::pods::{self, each};
use crate::table::{Findings, Table};
use crate::tree::{Manifest, Tree, label, text};
use crate::trial::Trial;

/// What a chart renders.
#[derive(Debug)]
pub(crate) struct Chart {
    /// The Application that installs it.
    name: String,
    /// The project that says what it may create.
    project: String,
    pub(crate) objects: Vec<Manifest>,
}

impl Chart {
    /// Whether it is the chart of this release.
    pub(crate) fn is(&self, release: &str) -> bool {
        self.name.strip_prefix("chart.") == Some(release)
    }
}

/// What is judged, in a line.
pub(crate) const WHAT: &str = "what charts render is what their projects permit";

/// Renders what can be rendered, and holds it to the projects of the tree.
pub(crate) fn judge(trial: &Trial<'_>, table: &mut Table) -> Result<Vec<Chart>> {
    let mut charts = Vec::new();
    let mut missing = Vec::new();
    for (application, source) in sources(trial.tree) {
        let name = text(&source["chart"]).to_owned();
        let Some(folder) = published::folder(trial, &name, text(&source["targetRevision"]))? else {
            let reason = "it lies in no published module, and no repository of charts is reached from here";
            table.skipped("Helm", &format!("chart {name}"), reason);
            continue;
        };
        let (chart, without) = render(trial, application, source, &folder).with_context(|| format!("chart {name}"))?;
        missing.extend(without.into_iter().map(|part| (name.clone(), part)));
        charts.push(chart);
    }
    for (name, part) in missing {
        table.skipped("Helm", &format!("chart {part} within {name}"), "it lies in a repository of charts of its own");
    }
    if !charts.is_empty() {
        table.judge("Helm", trial.helm, WHAT, |findings| {
            for chart in &charts {
                for object in &chart.objects {
                    let case = format!("{}: {}", chart.name, label(&object.object));
                    findings.case(&case, permitted::permitted(trial.tree, &chart.project, &object.object));
                }
            }
            permitted::refuse_others(trial.tree, &charts, findings);
            Ok(())
        });
    }
    Ok(charts)
}

/// Each object, and the pod of each template, as the API server would take them. Nothing is stored but the accounts that pods run as:
/// without theirs, pods are refused.
pub(crate) fn accepted(api: &Api, charts: &[Chart], findings: &mut Findings) -> Result<()> {
    let objects = charts.iter().flat_map(|chart| &chart.objects);
    for account in objects.filter(|object| object.kind() == "ServiceAccount") {
        let answer = api.create(&account.object, "?fieldValidation=Strict")?;
        if !is_there(&answer) {
            answer.object().with_context(|| label(&account.object))?;
        }
    }
    for (chart, object) in charts.iter().flat_map(|chart| chart.objects.iter().map(move |object| (chart, object))) {
        for object in std::iter::once(object.object.clone()).chain(pods::pod(object)) {
            let answer = api.create(&object, "?dryRun=All&fieldValidation=Strict")?;
            let verdict = if answer.granted() || is_there(&answer) { Ok(()) } else { Err(answer.message()) };
            findings.case(&format!("{}: {}", chart.name, label(&object)), verdict);
        }
    }
    Ok(())
}

fn is_there(answer: &Answer) -> bool {
    answer.status == 409 && answer.message().contains("already exists")
}

/// The sources of the tree that are charts, with their Applications.
fn sources(tree: &Tree) -> impl Iterator<Item = (&Manifest, &Value)> {
    tree.of_kind("Application").flat_map(|application| {
        let spec = &application.object["spec"];
        let all = each(&spec["sources"]).chain(std::iter::once(&spec["source"]));
        all.filter(|source| source["chart"].is_string()).map(move |source| (application, source))
    })
}

fn render(trial: &Trial<'_>, application: &Manifest, source: &Value, folder: &Path) -> Result<(Chart, Vec<String>)> {
    let namespace = text(&application.object["spec"]["destination"]["namespace"]);
    let helm = &source["helm"];
    ensure!(!helm["values"].is_string(), "its values are a text, which is not read here");
    let request = json!({
        "release": helm["releaseName"].as_str().unwrap_or_else(|| text(&source["chart"])),
        "namespace": namespace,
        "chartVersion": source["targetRevision"],
        "kubeVersion": trial.older_kubernetes,
        "values": if helm["valuesObject"].is_object() { helm["valuesObject"].clone() } else { json!({}) },
    });
    let lines = ask(&trial.programs.path(&HELM, "helm")?, folder, &request)?;
    let (head, objects) = lines.split_first().context("Helm's engine prints nothing")?;
    let missing = each(&head["missing"]).map(|name| text(name).to_owned()).collect();
    let objects = objects.iter().map(|line| {
        let mut object = line["object"].clone();
        if permitted::lies_in_a_namespace(&object) && object["metadata"]["namespace"].is_null() {
            object["metadata"]["namespace"] = json!(namespace);
        }
        Manifest { path: text(&line["path"]).into(), text: String::new(), object }
    });
    // Argo CD runs no tests of charts.
    let is_test = |object: &Manifest| text(&object.object["metadata"]["annotations"]["helm.sh/hook"]).contains("test");
    let chart = Chart {
        name: application.name().to_owned(),
        project: text(&application.object["spec"]["project"]).to_owned(),
        objects: objects.filter(|object| !is_test(object)).collect(),
    };
    ensure!(!chart.objects.is_empty(), "it renders nothing");
    Ok((chart, missing))
}

fn ask(program: &Path, folder: &Path, request: &Value) -> Result<Vec<Value>> {
    let mut child = Command::new(program)
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let mut stdin = child.stdin.take().context("no pipe to Helm's engine")?;
    stdin.write_all(request.to_string().as_bytes())?;
    drop(stdin);
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "Helm's engine: {}", String::from_utf8_lossy(&output.stderr).trim());
    let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).context("what Helm's engine prints")).collect()
}
