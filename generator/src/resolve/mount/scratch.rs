//! Scratch directories, which are gone with the pod.

use casemate_dsl::word::{Memory, Path};

use super::{Gathered, VOLUME_NAME_LIMIT};
use crate::graph::{Mount, Volume, VolumeSource};

/// The name of a scratch volume at this path: `scratch-var-cache-nginx`. It is cut off where Kubernetes would refuse it, with room
/// for a number.
fn scratch_name(path: Path) -> String {
    let slug: String =
        path.as_str().chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let mut name = format!("scratch-{}", slug.trim_matches('-'));
    name.truncate(VOLUME_NAME_LIMIT - "-999".len());
    name.trim_end_matches('-').to_owned()
}

/// A scratch directory at this path.
pub(super) fn scratch(gathered: &mut Gathered, path: Path, size: Memory) -> Mount {
    let base = scratch_name(path);
    let mut name = base.clone();
    let mut number = 1;
    while gathered.volumes.contains_key(&name) {
        number += 1;
        name = format!("{base}-{number}");
    }
    gathered.volumes.insert(name.clone(), Volume { source: VolumeSource::Scratch { size } });
    Mount { path: path.to_string(), volume: name, sub_path: None, read_only: false }
}
