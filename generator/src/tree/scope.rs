//! Which part of a tree is compared.

use super::names::child;

/// A part of a tree.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Scope {
    /// All of it.
    Everything,
    /// These files, and all that is in these directories, as paths below the target.
    Paths(Vec<String>),
}

impl Scope {
    /// Whether a file or directory is part of it.
    pub(super) fn covers(&self, path: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Paths(paths) => paths.iter().any(|part| part == path || is_below(path, part)),
        }
    }

    /// Whether a file of a directory is part of it.
    pub(super) fn covers_file(&self, directory: &str, name: &str) -> bool {
        matches!(self, Self::Everything) || self.covers(&child(directory, name))
    }

    /// Whether something in a directory may be part of it.
    pub(super) fn leads_to(&self, directory: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Paths(paths) => self.covers(directory) || paths.iter().any(|part| is_below(part, directory)),
        }
    }
}

fn is_below(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'))
}
