//! Credentials that stand in the open. None is ever repeated in a finding.

use casemate_dsl::word::names_credential;

use super::{Container, Pod};
use crate::audit::judge::Judge;
use crate::audit::yaml::{Field, Value};
use crate::model::Rule;
use crate::resolve::credential;
use crate::review::quote::quotation;

pub(super) fn judge(judge: &mut Judge, pod: &Pod<'_>) {
    for container in &pod.containers {
        for variable in container.field.get("env").items() {
            let name = variable.get("name").text_or_empty();
            let at = variable.get("value");
            let Some(Value::Text(value)) = at.value() else { continue };
            let what = credential::in_text(value);
            if names_credential(name) && credential::is_literal(value) {
                let wrong = format!("gives `{}`, which names a credential, a literal value", quotation(name));
                judge.add(Rule::NoCredentialLiterals, &at, container.says(wrong));
            } else if let Some(what) = what {
                let wrong = format!("has what looks like {what} in `{}`", quotation(name));
                judge.add(Rule::NoCredentialLiterals, &at, container.says(wrong));
            }
        }
        arguments(judge, container);
    }
}

fn arguments(judge: &mut Judge, container: &Container<'_>) {
    let mut is_expected = false;
    for list in ["command", "args"] {
        for at in container.field.get(list).items() {
            let argument = at.text_or_empty();
            let what = if is_expected && credential::is_literal(argument) && !argument.starts_with('-') {
                Some("a credential at a flag")
            } else {
                credential::in_argument(argument)
            };
            if let Some(what) = what {
                let wrong = container.says(format_args!("has what looks like {what} among its arguments"));
                judge.add(Rule::NoCredentialsInConfig, &at, wrong);
            }
            is_expected = credential::is_telling_flag(argument);
        }
    }
}

/// Judges a text of a ConfigMap under its key.
pub(in crate::audit) fn config(judge: &mut Judge, key: &str, at: &Field<'_>) {
    let Some(text) = at.text() else { return };
    let name = key.replace(['-', '.'], "_");
    if !text.trim().contains('\n') && names_credential(&name) && credential::is_literal(text) {
        let wrong = format!("`{}` names a credential and has a literal value", quotation(key));
        judge.add(Rule::NoCredentialsInConfig, at, wrong);
    } else if let Some((line, what)) = credential::in_config(text) {
        let wrong = format!("line {line} of `{}` holds what looks like {what}", quotation(key));
        judge.add(Rule::NoCredentialsInConfig, at, wrong);
    }
}
