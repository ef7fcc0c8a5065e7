//! Directories of files: one projected volume each.

use std::collections::BTreeMap;

use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{File, FileContents};
use casemate_dsl::word::{FileName, Path};

use super::super::finding::Findings;
use super::{Context, Gathered, config, name_after, secret};
use crate::graph::{Directory, Volume, VolumeSource};

/// The volume of a directory at this path.
pub(super) fn directory(
    findings: &mut Findings,
    context: Context<'_>,
    gathered: &mut Gathered,
    path: Path,
    files: Vec<Said<File>>,
) -> String {
    let id = context.id;
    let mut directory = Directory::default();
    let mut named: BTreeMap<FileName, Place> = BTreeMap::new();
    for Said { what: File { name, contents, seal: _ }, at } in files {
        if let Some(first) = named.insert(name, at) {
            let wrong =
                format!("two files of {path} are named `{name}`, the other at {}:{}", first.file(), first.line());
            findings.add(id, at, wrong, "give one of them another name");
        }
        match contents {
            FileContents::Text(text) => {
                let path = format!("{path}/{name}");
                if let Some(key) = config::key(findings, context, gathered, &path, at, text) {
                    directory.config.insert(name.to_string(), key);
                }
            }
            FileContents::Secret(field) => {
                secret::item(findings, id, gathered, field.item(), at);
                let secret = secret::secret_name(id, field.item());
                directory.secrets.entry(secret).or_default().insert(name.to_string(), field.field().to_string());
            }
            FileContents::Pod(field) => {
                directory.pod.insert(name.to_string(), field);
            }
        }
    }
    add(gathered, name_after("directory", context.container, path), VolumeSource::Directory(directory))
}

/// Adds the volume under this name, or under one with a number.
fn add(gathered: &mut Gathered, base: String, source: VolumeSource) -> String {
    let mut name = base.clone();
    let mut number = 1;
    while gathered.has(&name) {
        number += 1;
        name = format!("{base}-{number}");
    }
    gathered.volumes.insert(name.clone(), Volume { source });
    name
}
