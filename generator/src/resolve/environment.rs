//! Environments of containers: what their variables hold.

use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{self, EnvVar};
use indexmap::IndexMap;

use super::finding::Findings;
use super::mount::{Context, Gathered};
use super::{credential, mount, text};
use crate::graph::{Env, EnvValue, Id};

/// The variables in the order of the declaration: a `$(NAME)` in one of them means a variable before it.
pub(super) fn environment(
    findings: &mut Findings,
    context: Context<'_>,
    env: Vec<Said<EnvVar>>,
    gathered: &mut Gathered,
) -> Vec<Env> {
    let id = context.id;
    let mut resolved: IndexMap<&'static str, (EnvValue, Place)> = IndexMap::new();
    for Said { what: EnvVar { name, credential: names_credential, value }, at } in env {
        let value = match value {
            view::EnvValue::Literal(text) => {
                // A switch is the one literal that fits a variable that names a credential.
                if !names_credential {
                    check_literal(findings, id, name, &text, at);
                }
                EnvValue::Text(text)
            }
            view::EnvValue::Secret(field) => {
                mount::item(findings, id, gathered, field.item(), at);
                EnvValue::Secret { secret: mount::secret_name(id, field.item()), key: field.field().to_string() }
            }
            view::EnvValue::Address(address) => {
                let (text, endpoint) = text::address(address, context.domain);
                gathered.called.push(Said { what: endpoint, at });
                EnvValue::Text(text)
            }
        };
        if let Some((_, first)) = resolved.insert(name, (value, at)) {
            let wrong = format!("`{name}` is set twice, first at {}:{}", first.file(), first.line());
            findings.add(id, at, wrong, "set it once");
        }
    }
    resolved.into_iter().map(|(name, (value, _))| Env { name: name.to_owned(), value }).collect()
}

fn check_literal(findings: &mut Findings, id: Id, name: &str, text: &str, at: Place) {
    if text.contains('\0') {
        let instead = "no process can be given one: remove it";
        findings.add(id, at, format!("the value of `{name}` holds a zero byte"), instead);
    }
    if let Some(what) = credential::in_text(text) {
        let wrong = format!("the value of `{name}` holds what looks like {what}, which would stand in Git");
        let instead = format!("take it from 1Password: `.env(var!(\"{name}\"), ITEM.field(field!(\"…\")))`");
        findings.add(id, at, wrong, instead);
    }
}
