//! Config files: keys of the service's one ConfigMap.

use casemate_dsl::said::Place;
use casemate_dsl::word::Path;

use super::super::credential;
use super::super::finding::Findings;
use super::Gathered;
use crate::graph::{Id, Mount, Volume, VolumeSource};

/// Kubernetes' limit for a ConfigMap, *ConfigMaps: Motivation*: 1 MiB.
const CONFIG_LIMIT: usize = 1024 * 1024;

/// The longest key of a ConfigMap.
const CONFIG_KEY_LIMIT: usize = 253;

/// A config file at this path.
pub(super) fn config(
    findings: &mut Findings,
    id: Id,
    gathered: &mut Gathered,
    path: Path,
    at: Place,
    contents: String,
) -> Mount {
    if let Some((line, what)) = credential::in_config(&contents) {
        let wrong = format!("line {line} of {path} holds what looks like {what}, which would stand in Git");
        let instead = "take it from 1Password: as a file, `.secret_file(path!(\"…\"), ITEM.field(field!(\"…\")))`, or as a variable \
                       that the file refers to";
        findings.add(id, at, wrong, instead);
    }
    let key = path.as_str().trim_start_matches('/').replace('/', ".");
    let key: String =
        key.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect();
    if key.len() > CONFIG_KEY_LIMIT || key.starts_with("..") {
        let wrong = format!("the config file {path} would have the key `{key}`, which Kubernetes refuses");
        findings.add(
            id,
            at,
            wrong,
            format!("choose a path of at most {CONFIG_KEY_LIMIT} characters that begins with no dots"),
        );
    }
    let size: usize = gathered.files.values().map(String::len).sum::<usize>() + contents.len();
    if size > CONFIG_LIMIT {
        let instead = "a ConfigMap holds at most 1 MiB: put the data into the image or a claim";
        findings.add(id, at, format!("the config files of this service are {size} bytes long"), instead);
    }
    if gathered.files.get(&key).is_some_and(|other| *other != contents) {
        findings.add(id, at, format!("two config files would have the key `{key}`"), "give one of them another path");
    }
    gathered.files.insert(key.clone(), contents);
    gathered.volumes.insert("config".to_owned(), Volume { source: VolumeSource::Config });
    Mount { path: path.to_string(), volume: "config".to_owned(), sub_path: Some(key), read_only: true }
}
