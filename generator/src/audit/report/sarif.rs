//! SARIF 2.1.0, as GitHub's code scanning reads it.

use std::fmt::Write as _;
use std::path::{Component, Path};

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::Collected;
use super::collected::Listed;
use crate::audit::{Finding, Identity, Problem, Standard, Tally};
use crate::model::Rule;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The whole audit: one run, all rules of the model, so that a rule keeps its number.
pub(crate) fn write(collected: &Collected, tally: &Tally, standard: Standard, current: Option<&Path>) -> String {
    let Collected { findings, problems } = collected;
    let unlisted = tally.total() - findings.len();
    let mut notes: Vec<Value> = problems.iter().map(|problem| note("error", &said(problem))).collect();
    if unlisted > 0 {
        notes.push(note("warning", &format!("{unlisted} more findings are not listed")));
    }
    let unjudged = tally.unjudged.iter().filter(|(what, _)| what.is_of_interest());
    notes.extend(unjudged.map(|(what, names)| {
        let files = names.first.join(", ");
        note("warning", &format!("not judged: {} of {}, such as in {files}", names.count, what.reason()))
    }));
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "casemate",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Rule::ALL.iter().copied().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": problems.is_empty(), "toolExecutionNotifications": notes}],
            "properties": {"podSecurity": format!("v1.{}", standard.minor())},
            "results": findings.iter().map(|listed| result(listed, current)).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn rule(rule: Rule) -> Value {
    let sentence = |text: &str| {
        format!("{}{}.", text.chars().take(1).collect::<String>().to_uppercase(), text.get(1..).unwrap_or_default())
    };
    let must = sentence(rule.must());
    let clauses: Vec<String> = rule.clauses().iter().map(|clause| format!("- {}", clause.words())).collect();
    let text = format!("{must} Instead: {}.", rule.instead());
    let markdown = format!(
        "{must}\n\n**Instead:** {}.\n\nWhat the security model says:\n\n{}\n",
        rule.instead(),
        clauses.join("\n")
    );
    json!({
        "id": rule.name(),
        "name": format!("{rule:?}"),
        "shortDescription": {"text": must},
        "fullDescription": {"text": text},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": ["security", "kubernetes"], "precision": "high", "problem.severity": "error", "security-severity": "7.0",
        },
    })
}

fn result(listed: &Listed, current: Option<&Path>) -> Value {
    let Listed { name: _, path: file, identity, finding } = listed;
    let Finding { rule, line, column, path, wrong } = finding;
    let mut location = json!({
        "artifactLocation": artifact(file, current),
        "region": {"startLine": line, "startColumn": column},
    });
    if file == Path::new("-") {
        location["artifactLocation"] = json!({"uri": "stdin"});
    }
    json!({
        "ruleId": rule.name(),
        "ruleIndex": Rule::ALL.iter().position(|other| other == rule),
        "level": "error",
        "message": {"text": format!("{identity}: {wrong} (`{path}`). Instead: {}.", rule.instead())},
        "locations": [{
            "physicalLocation": location,
            "logicalLocations": [{"fullyQualifiedName": format!("{identity}: {path}"), "kind": "member"}],
        }],
        "partialFingerprints": {"casemateObjectAndPath/v1": fingerprint(*rule, identity, path)},
    })
}

/// Where a file lies: below the directory in which the program runs, which is the repository in a workflow, if it does.
fn artifact(file: &Path, current: Option<&Path>) -> Value {
    let below = current.and_then(|current| file.strip_prefix(current).ok());
    let relative = below.or_else(|| file.is_relative().then_some(file));
    let (prefix, path) = relative.map_or(("file://", file), |path| ("", path));
    let mut uri = prefix.to_owned();
    for (index, component) in path.components().filter(|component| *component != Component::CurDir).enumerate() {
        let name = match component {
            Component::RootDir | Component::Prefix(_) | Component::CurDir => continue,
            Component::ParentDir => "..".into(),
            Component::Normal(name) => name.to_string_lossy(),
        };
        if index > 0 {
            uri.push('/');
        }
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                uri.push(char::from(byte));
            } else {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    let mut artifact = Map::from_iter([("uri".to_owned(), json!(uri))]);
    if prefix.is_empty() {
        artifact.insert("uriBaseId".to_owned(), json!("%SRCROOT%"));
    }
    Value::Object(artifact)
}

/// The same for the same mistake, wherever its line moves.
fn fingerprint(rule: Rule, identity: &Identity, path: &str) -> String {
    let Identity { document: _, api_version, kind, namespace, name } = identity;
    let mut hash = Sha256::new();
    for part in
        [rule.name(), api_version, kind, namespace.as_deref().unwrap_or(""), name.as_deref().unwrap_or(""), path]
    {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn note(level: &str, text: &str) -> Value {
    json!({"level": level, "message": {"text": text}})
}

fn said((file, problem): &(String, Problem)) -> String {
    problem.said_of(file)
}
