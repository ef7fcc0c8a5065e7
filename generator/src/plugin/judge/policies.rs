//! Policies: each is, field by field, what this program renders for the cluster that they are of, and none of them is missing.
//!
//! What differs from one cluster to another are names, and they are read back from four of the policies. So whoever writes the tree can
//! add a name to a list, in every policy that has the list, and nothing else: no weaker expression, no `Audit`, no wider selector.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::{Judge, object_of, quoted};
use crate::plugin::Refusal;
use crate::policy;
use crate::tree::{CommittedFile, Departure, How};

/// What to do about a policy that is another one. A program of another release may render another one, too.
const SAME_RELEASE: &str = "render again, with the release of Casemate that judges here, and commit";

/// The policies of a directory, by their files.
pub(in crate::plugin) type Policies = BTreeMap<String, Value>;

/// The policies that have to be in a directory.
///
/// # Errors
///
/// One that is none of ours, or is missing, so that nobody can tell what the others have to say; and all that are missing.
pub(in crate::plugin) fn rendered(directory: &Path, files: &[CommittedFile]) -> Result<Policies, Refusal> {
    let named = |name: &str| files.iter().find(|file| file.path.file_name().is_some_and(|own| own == name));
    let missing = |name: &str| Departure { path: directory.join(name), how: How::Missing };
    let read = |name: &str| named(name).and_then(|file| object_of(&file.read().ok()?).ok());
    let policies = policy::rendered_again(read).map_err(|name| match named(&name) {
        None => Refusal::from_departures(&[missing(&name)]),
        Some(file) => {
            let path = file.path.display();
            Refusal::from(format!(
                "{path}: it is not the policy that is rendered, whatever the cluster declares: {SAME_RELEASE}"
            ))
        }
    })?;
    let missing: Vec<Departure> =
        policies.keys().filter(|name| named(name).is_none()).map(|name| missing(name)).collect();
    if missing.is_empty() { Ok(policies) } else { Err(Refusal::from_departures(&missing)) }
}

pub(super) fn judge(judge: &mut Judge, policies: &Policies, file: &str, object: &Value) {
    match policies.get(file) {
        None => judge.because("no policy of this name is rendered for a cluster", "remove it"),
        Some(rendered) => {
            if let Some(at) = departs(rendered, object, String::new()) {
                let at = quoted(at.trim_start_matches('.'));
                judge.because(format!("{at} is not what this policy says of it"), SAME_RELEASE);
            }
        }
    }
}

/// The first field in which an object is another than the rendered one.
fn departs(rendered: &Value, object: &Value, at: String) -> Option<String> {
    match (rendered, object) {
        (Value::Object(rendered), Value::Object(object)) => {
            let keys = rendered.keys().chain(object.keys().filter(|key| !rendered.contains_key(*key)));
            keys.into_iter().find_map(|key| match (rendered.get(key), object.get(key)) {
                (Some(rendered), Some(value)) => departs(rendered, value, format!("{at}.{key}")),
                _ => Some(format!("{at}.{key}")),
            })
        }
        (Value::Array(rendered), Value::Array(items)) if rendered.len() == items.len() => {
            let mut pairs = rendered.iter().zip(items).enumerate();
            pairs.find_map(|(place, (rendered, item))| departs(rendered, item, format!("{at}[{place}]")))
        }
        (rendered, object) => (rendered != object).then_some(at),
    }
}
