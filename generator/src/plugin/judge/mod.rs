//! Whether a text is one object that may lie where it lies.
//!
//! Its hash may have been made again by whoever edited it. So a text has to be *in the form* of the renderer, byte by byte: it is read,
//! written again and compared, which leaves no room for what two readers of YAML would read differently. And it has to be something that the renderer
//! promises: a kind of its part of the tree, in its namespace, with no word to Argo CD that the renderer does not say, and that breaks no rule of
//! the security model.

mod chart;
mod fence;
mod gitops;
mod mesh;
#[cfg(test)]
mod platform_tests;
mod policies;
#[cfg(test)]
mod tests;

use serde_json::Value;

pub(super) use self::fence::files as fence;
pub(super) use self::policies::{Policies, rendered as policies};

use super::part::Part;
use crate::audit;
use crate::gitops::FINALIZER;
use crate::meta::{self, SYNC_WAVE};
use crate::object::Object;
use crate::yaml;
use crate::yaml_reader;

/// What to do about what no render writes.
const AGAIN: &str = "render again and commit";

/// What is wrong with a text, each with what to do; nothing, if it may be applied. Policies are held to those of their cluster. The scratch
/// memory spares allocating for each text.
pub(super) fn judge(
    part: &Part,
    policies: Option<&Policies>,
    file: &str,
    text: &str,
    scratch: &mut String,
) -> Vec<String> {
    let object = match object_of(text) {
        Ok(object) => object,
        Err(why) => return vec![format!("{why}: {AGAIN}")],
    };
    let mut wrong = Judge { wrong: Vec::new() };
    scratch.clear();
    let header = ["# Rendered by Casemate: edit the declaration of ", &part.declared_by(), ", not this file.\n"];
    scratch.extend(header);
    let written = Object::of(&object).is_ok_and(|object| yaml::write_yaml(scratch, &object).is_ok());
    if !written || scratch != text {
        wrong.because("it is not in the form in which it is rendered", AGAIN);
    }
    wrong.identity(part, file, &object);
    wrong.metadata(&object);
    match part {
        Part::Applications { .. } => gitops::judge(&mut wrong, part, &object),
        Part::Namespace(_) | Part::PlatformNamespace(_) => fence::judge(&mut wrong, part, &object),
        Part::Service { .. } => mesh::judge(&mut wrong, &object),
        Part::Chart { .. } | Part::Policies(_) => {}
    }
    if let Some(policies) = policies {
        policies::judge(&mut wrong, policies, file, &object);
    }
    for breach in audit::breaches(&object) {
        wrong.because(breach, AGAIN);
    }
    wrong.wrong
}

/// The only object of a text.
fn object_of(text: &str) -> Result<Value, String> {
    let mut objects = yaml_reader::read(text)?;
    match (objects.pop(), objects.is_empty()) {
        (Some(object @ Value::Object(_)), true) => Ok(object),
        _ => Err("it is not one object".to_owned()),
    }
}

/// What is found.
#[derive(Debug)]
struct Judge {
    wrong: Vec<String>,
}

impl Judge {
    fn because(&mut self, wrong: impl std::fmt::Display, instead: &str) {
        self.wrong.push(format!("{wrong}: {instead}"));
    }

    /// Kind, namespace and name: what the part may hold, in a file that says what it is.
    fn identity(&mut self, part: &Part, file: &str, object: &Value) {
        let (group, kind) = (group(object), text(object, "/kind"));
        let name = text(object, "/metadata/name");
        match object.pointer("/metadata/namespace").map(Value::as_str) {
            None => {
                if !part.may_hold_in_no_namespace(group, kind, name) {
                    let what = format!("{} in no namespace may not be here", titled(kind, name));
                    self.because(what, "remove it, and render again");
                }
            }
            Some(namespace) => {
                if part.namespace().is_some_and(|expected| namespace != Some(expected)) {
                    let namespace = quoted(namespace.unwrap_or_default());
                    let what = format!("{} is in the namespace {namespace}", titled(kind, name));
                    self.because(what, "render again and commit: each directory is of one namespace");
                }
                if !part.may_hold(group, kind) {
                    let what = format!("{} is of a kind that may not be here", titled(kind, name));
                    self.because(what, "remove it, and declare what it was for");
                }
            }
        }
        // The file of what has a hash in its name is named without it.
        let said = file.strip_suffix(".yaml").and_then(|file| file.split_once('-'));
        let is_named = said.is_some_and(|(said_kind, said_name)| {
            said_kind == kind.to_ascii_lowercase()
                && name.strip_prefix(said_name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        });
        if !is_named {
            self.because(format!("the file is not named after {}", titled(kind, name)), AGAIN);
        }
    }

    /// What an object tells Argo CD and the garbage collector.
    fn metadata(&mut self, object: &Value) {
        const KEYS: [&str; 5] = ["name", "namespace", "labels", "annotations", "finalizers"];
        for key in keys(object, "/metadata").filter(|key| !KEYS.contains(key)) {
            self.because(format!("`metadata.{}` is never rendered", key.escape_debug()), AGAIN);
        }
        for (key, value) in meta::managed_by_casemate() {
            if object["metadata"]["labels"][&key] != value {
                self.because(format!("the label `{key}: {value}` is missing"), AGAIN);
            }
        }
        if group(object) != "argoproj.io" && object["metadata"].get("finalizers").is_some()
            || items(object, "/metadata/finalizers").any(|finalizer| finalizer != FINALIZER)
        {
            self.because("it has a finalizer that is never rendered", AGAIN);
        }
        for key in keys(object, "/metadata/annotations").filter(|key| key.contains("argocd.argoproj.io/")) {
            let value = object["metadata"]["annotations"][key].as_str().unwrap_or_default();
            let is_ours = match key {
                SYNC_WAVE => value.parse::<i8>().is_ok_and(|wave| wave.to_string() == value),
                "argocd.argoproj.io/sync-options" => meta::SYNC_OPTIONS.contains(&value),
                "argocd.argoproj.io/compare-options" => value == "IgnoreExtraneous",
                "argocd.argoproj.io/manifest-generate-paths" => {
                    let read = ["/spec/source/path", "/spec/sources/1/path"].map(|at| text(object, at));
                    value.strip_prefix('/').is_some_and(|path| !path.is_empty() && read.contains(&path))
                }
                _ => false,
            };
            if !is_ours {
                let said = format!("{key}: {value}");
                self.because(format!("the annotation {} is never rendered", quoted(&said)), AGAIN);
            }
        }
    }
}

/// The API group; empty for the core.
fn group(object: &Value) -> &str {
    text(object, "/apiVersion").split_once('/').map_or("", |(group, _)| group)
}

fn text<'o>(object: &'o Value, at: &str) -> &'o str {
    object.pointer(at).and_then(Value::as_str).unwrap_or_default()
}

fn keys<'o>(object: &'o Value, at: &str) -> impl Iterator<Item = &'o str> {
    object.pointer(at).and_then(Value::as_object).into_iter().flat_map(|map| map.keys().map(String::as_str))
}

fn items<'o>(object: &'o Value, at: &str) -> impl Iterator<Item = &'o Value> {
    object.pointer(at).and_then(Value::as_array).into_iter().flatten()
}

fn titled(kind: &str, name: &str) -> String {
    format!("{} {}", quoted(kind), quoted(name))
}

/// What somebody wrote, so that it stays in its line and is no longer than one.
fn quoted(text: &str) -> String {
    let short: String = text.chars().take(80).flat_map(char::escape_debug).collect();
    format!("`{short}`")
}

/// Refuses keys that are never rendered.
fn closed(judge: &mut Judge, object: &Value, at: &str, known: &[&str]) {
    for key in keys(object, at).filter(|key| !known.contains(key)) {
        let path = format!("{at}/{key}").trim_start_matches('/').replace('/', ".");
        judge.because(format!("{} is never rendered", quoted(&path)), AGAIN);
    }
}
