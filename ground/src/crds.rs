//! Custom resource definitions.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::api::Api;
use crate::interrupt;
use crate::tree::{label, objects, text};

/// Reads every CRD of some folders. A later folder wins over an earlier one.
pub(crate) fn read(folders: &[PathBuf], reader: &Path) -> Result<Vec<Value>> {
    let mut definitions: Vec<Value> = Vec::new();
    for folder in folders {
        let entries = std::fs::read_dir(folder).with_context(|| format!("no CRDs at {}", folder.display()))?;
        let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<PathBuf>>>()?;
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
        paths.sort();
        for object in objects(reader, &paths)? {
            if object["kind"] == "CustomResourceDefinition" {
                definitions.retain(|other| other["metadata"]["name"] != object["metadata"]["name"]);
                definitions.push(object);
            }
        }
    }
    Ok(definitions)
}

/// Creates them, and waits until their kinds are served.
pub(crate) fn install(api: &Api, definitions: &[Value]) -> Result<()> {
    for definition in definitions {
        let answer = api.create(definition, "?fieldValidation=Strict")?;
        answer.object().with_context(|| label(definition))?;
    }
    for definition in definitions {
        let path = api.path(definition)?;
        interrupt::until(text(&definition["metadata"]["name"]), Duration::from_mins(1), || {
            let found = api.get(&path)?.unwrap_or_default();
            let conditions = found["status"]["conditions"].as_array().cloned().unwrap_or_default();
            let established = conditions.iter().any(|one| one["type"] == "Established" && one["status"] == "True");
            Ok(if established { Ok(()) } else { Err(format!("Established ({conditions:?})")) })
        })?;
    }
    // Established is said a moment before discovery serves the kind.
    for definition in definitions {
        let group = text(&definition["spec"]["group"]);
        for version in definition["spec"]["versions"].as_array().into_iter().flatten() {
            if version["served"] == true {
                let api_version = format!("{group}/{}", text(&version["name"]));
                let kind = text(&definition["spec"]["names"]["kind"]);
                interrupt::until(kind, Duration::from_mins(1), || {
                    Ok(api
                        .list(&api_version, kind)?
                        .map(drop)
                        .ok_or_else(|| format!("{kind} of {api_version} to be served")))
                })?;
            }
        }
    }
    Ok(())
}
