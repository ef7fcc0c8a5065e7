//! The values of charts: YAML that every reader reads in one way, without a credential.

use casemate_dsl::said::Place;
use casemate_dsl::word::names_credential;
use serde_json::Value;

use crate::resolve::credential;
use crate::resolve::finding::Findings;
use crate::yaml_reader;

/// Checks the text of a chart's values.
pub(super) fn check(findings: &mut Findings, whose: &str, text: &str, at: Place) {
    let instead =
        "let the values name a Secret (`existingSecret`, `secretKeyRef`), and `.reads(ITEM)` has 1Password make it";
    // In comments, too: those stand in Git as well.
    let shaped = text.lines().enumerate().find_map(|(index, line)| Some((index + 1, credential::by_shape(line)?)));
    if let Some((line, what)) = shaped {
        findings.add(whose, at, format!("line {line} of the values holds {what}, which would stand in Git"), instead);
        return;
    }
    let documents = match yaml_reader::read(text) {
        Ok(documents) => documents,
        Err(why) => {
            let wrong = format!("the values cannot be read for certain: {why}");
            findings.add(whose, at, wrong, "write plain YAML, which all readers read in one way");
            return;
        }
    };
    match documents.as_slice() {
        [values @ Value::Object(_)] => {
            if let Some(path) = credential_at(values) {
                findings.add(
                    whose,
                    at,
                    format!("the values give a credential at {path}, which would stand in Git"),
                    instead,
                );
            }
        }
        _ => findings.add(
            whose,
            at,
            "the values are no map of keys",
            "write one document of `key: value`, or leave them out",
        ),
    }
}

/// Where a literal stands under the name of a credential, as a key or as the value of a named variable.
fn credential_at(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) => {
            let named = fields.get("name").and_then(Value::as_str).is_some_and(names_credential);
            fields.iter().find_map(|(key, value)| {
                // Charts name a Secret that is there already, and the keys in it, by `existing…`.
                let is_telling =
                    (credential::is_telling_key(key) && !key.starts_with("existing")) || (named && key == "value");
                if is_telling && is_literal(value) {
                    return Some(format!("`{key}`"));
                }
                credential_at(value).map(|path| format!("`{key}`, {path}"))
            })
        }
        Value::Array(items) => items.iter().find_map(credential_at),
        Value::String(text) => credential::in_text(text).map(|what| format!("a text that is {what}")),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn is_literal(value: &Value) -> bool {
    match value {
        Value::String(text) => credential::is_literal(text),
        Value::Number(_) => true,
        Value::Array(items) => items.iter().any(is_literal),
        Value::Null | Value::Bool(_) | Value::Object(_) => false,
    }
}
