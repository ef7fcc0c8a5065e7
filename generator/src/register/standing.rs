//! How a field stands in a cluster: shown by everybody who has to have it, awaited by some, by nobody since there is nobody, or lost.

use std::collections::BTreeSet;

use super::field::{Field, Must};
use super::sighting::{Seen, Sight};
use crate::graph::Graph;

/// How a field stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Standing {
    /// All who have to have it have it; the path of the first file that shows it.
    Shown(String),
    /// The files of those say that it is awaited; the path of the first that shows it, if one does.
    Awaited(Option<String>, BTreeSet<String>),
    /// Nobody has to have it, and nobody has it.
    Nobody,
    /// It must not be there, and is not.
    Absent,
    /// Files that do not hold it, or directories without any that does.
    Lost(BTreeSet<String>),
}

impl Standing {
    /// Looks at what was seen.
    pub(super) fn of(field: Field, graph: &Graph, seen: &Seen) -> Self {
        let owners = field.owners().directories(graph);
        let in_charge =
            |directory: &str| field.owners() == super::owner::Owners::Wherever || owners.contains(directory);
        let mut first = None;
        let (mut awaited, mut lost) = (BTreeSet::new(), BTreeSet::new());
        for sighting in seen.of(field).iter().filter(|sighting| in_charge(&sighting.directory)) {
            let path = format!("{}/{}", sighting.directory, sighting.file);
            match sighting.sight {
                Sight::Shown => drop(first.get_or_insert(path)),
                Sight::Awaited => drop(awaited.insert(path)),
                Sight::Lost => drop(lost.insert(path)),
            }
        }
        lost.extend(owners.into_iter().filter(|owner| seen.within(field, owner).is_empty()));
        match (lost.is_empty(), first, field.must()) {
            (false, _, _) => Self::Lost(lost),
            (true, first, _) if !awaited.is_empty() => Self::Awaited(first, awaited),
            (true, Some(path), _) => Self::Shown(path),
            (true, None, Must::BeAbsent) => Self::Absent,
            (true, None, Must::Hold(..)) => Self::Nobody,
        }
    }
}
