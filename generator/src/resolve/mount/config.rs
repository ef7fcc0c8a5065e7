//! Config files: keys of the service's one ConfigMap.

use std::collections::BTreeMap;

use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::ConfigText;
use casemate_dsl::word::{Name, Path};

use super::super::finding::Findings;
use super::super::{credential, text};
use super::{Context, Gathered};
use crate::graph::{Id, Mode, Mount, Volume, VolumeSource};

/// Kubernetes' limit for a ConfigMap, *ConfigMaps: Motivation*: 1 MiB.
const CONFIG_LIMIT: usize = 1024 * 1024;

/// The longest key of a ConfigMap.
const CONFIG_KEY_LIMIT: usize = 253;

/// The volume from which single files are mounted.
const VOLUME: &str = "config";

/// A config file at this path, unless its template cannot be rendered.
pub(super) fn file(
    findings: &mut Findings,
    context: Context<'_>,
    gathered: &mut Gathered,
    path: Path,
    at: Place,
    text: ConfigText,
) -> Option<Mount> {
    let (key, mode) = key(findings, context, gathered, path.as_str(), at, text)?;
    let name = gathered.named(VOLUME);
    let volume = gathered
        .volumes
        .entry(name.clone())
        .or_insert_with(|| Volume { source: VolumeSource::Config { keys: BTreeMap::new() } });
    if let VolumeSource::Config { keys } = &mut volume.source
        && keys.insert(key.clone(), mode).is_some_and(|other| other != mode)
    {
        same_key(findings, context.id, at, &key);
    }
    Some(Mount { path: path.to_string(), volume: name, sub_path: Some(key), read_only: true })
}

/// The key and the mode of a file that is found at this path, unless its template cannot be rendered.
pub(super) fn key(
    findings: &mut Findings,
    context: Context<'_>,
    gathered: &mut Gathered,
    path: &str,
    at: Place,
    text: ConfigText,
) -> Option<(String, Mode)> {
    let id = context.id;
    let mode = if text.executable { Mode::Executable } else { Mode::Readable };
    let contents = match text::config(text, context.domain) {
        Ok((contents, called)) => {
            gathered.called.extend(called.into_iter().map(|what| Said { what, at }));
            contents
        }
        Err((wrong, instead)) => {
            findings.add(id, at, format!("{path}: {wrong}"), instead);
            return None;
        }
    };
    if let Some((line, what)) = credential::in_config(&contents) {
        let wrong = format!("line {line} of {path} holds what looks like {what}, which would stand in Git");
        let instead = "take it from 1Password: as a file, `.secret_file(path!(\"…\"), ITEM.field(field!(\"…\")))`, or as a variable \
                       that the file refers to";
        findings.add(id, at, wrong, instead);
    }
    let key = key_of(context.container, path);
    if key.len() > CONFIG_KEY_LIMIT || key.starts_with("..") {
        let wrong = format!("the config file {path} would have the key `{key}`, which Kubernetes refuses");
        let instead = format!("choose a path of at most {CONFIG_KEY_LIMIT} characters that begins with no dots");
        findings.add(id, at, wrong, instead);
    }
    let size: usize = gathered.files.values().map(String::len).sum::<usize>() + contents.len();
    if size > CONFIG_LIMIT {
        let instead = "a ConfigMap holds at most 1 MiB: put the data into the image or a claim";
        findings.add(id, at, format!("the config files of this service are {size} bytes long"), instead);
    }
    if gathered.files.get(&key).is_some_and(|other| *other != contents) {
        same_key(findings, id, at, &key);
    }
    gathered.files.insert(key.clone(), contents);
    Some((key, mode))
}

/// The key of a file: `etc.ledger.toml`, or `exporter.etc.ledger.toml`, since two containers may have two files at one path.
fn key_of(container: Option<Name>, path: &str) -> String {
    let parts: Vec<&str> = container.iter().map(|name| name.as_str()).chain(path.split('/').skip(1)).collect();
    let is_of_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    parts.join(".").chars().map(|c| if is_of_key(c) { c } else { '-' }).collect()
}

fn same_key(findings: &mut Findings, id: Id, at: Place, key: &str) {
    findings.add(id, at, format!("two config files would have the key `{key}`"), "give one of them another path");
}
