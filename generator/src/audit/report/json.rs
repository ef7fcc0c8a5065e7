//! For programs: one document, whose fields stay.

use serde_json::{Map, Value, json};

use super::Collected;
use super::collected::Listed;
use crate::audit::{Finding, Identity, Level, Problem, Standard, Tally, Unjudged};

/// The whole audit.
pub(crate) fn write(collected: &Collected, tally: &Tally, standard: Standard) -> String {
    let Collected { findings, problems } = collected;
    let rules: Map<String, Value> =
        tally.findings.iter().map(|(rule, count)| (rule.name().to_owned(), json!(count))).collect();
    let levels: Map<String, Value> = Level::ALL
        .iter()
        .map(|level| (level.name().to_owned(), json!(tally.levels.get(level).copied().unwrap_or_default())))
        .collect();
    let unjudged: Vec<Value> = tally
        .unjudged
        .iter()
        .map(|(what, names)| {
            json!({
                "what": word(what),
                "kind": match what { Unjudged::Kind { name, makes_pods: _ } => Some(name), _ => None },
                "makesPods": matches!(what, Unjudged::Kind { makes_pods: true, .. }),
                "why": what.reason(), "count": names.count, "files": names.first,
            })
        })
        .collect();
    let document = json!({
        "files": tally.files, "documents": tally.documents, "objects": tally.objects,
        "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        "unlisted": tally.total() - findings.len(),
        "rules": rules,
        "podSecurity": {"version": format!("v1.{}", standard.minor()), "meet": levels},
        "withoutRule": tally.without_rule,
        "foreign": tally.foreign,
        "unjudged": unjudged,
        "problems": problems.iter().map(problem).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn finding(listed: &Listed) -> Value {
    let Listed { name: file, path: _, identity, finding } = listed;
    let Identity { document, api_version, kind, namespace, name } = identity;
    let Finding { rule, line, column, path, wrong } = finding;
    json!({
        "file": file, "line": line, "column": column,
        "document": document, "apiVersion": api_version, "kind": kind, "namespace": namespace, "name": name,
        "path": path, "rule": rule.name(), "wrong": wrong, "must": rule.must(), "instead": rule.instead(),
    })
}

fn problem((file, problem): &(String, Problem)) -> Value {
    let Problem { place, why } = problem;
    json!({"file": file, "line": place.map(|(line, _)| line), "column": place.map(|(_, column)| column), "why": why})
}

const fn word(unjudged: &Unjudged) -> &'static str {
    match unjudged {
        Unjudged::Kind { .. } => "kind",
        Unjudged::Fragment => "fragment",
        Unjudged::Template => "template",
        Unjudged::Kustomization => "kustomization",
        Unjudged::Link => "link",
        Unjudged::Directory => "directory",
        Unjudged::File => "file",
    }
}
