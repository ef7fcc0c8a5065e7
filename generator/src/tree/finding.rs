//! How one file or directory on disk differs from what is declared.

use std::fmt;
use std::path::PathBuf;

/// A path and what is the matter with it.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Finding {
    /// The path, the target included.
    pub(crate) path: PathBuf,
    /// How it differs.
    pub(crate) difference: Difference,
}

/// How a path differs from what is declared.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Difference {
    /// Something that is neither file nor directory, or a directory in place of a file, or the other way round.
    Blocked,
    /// Still the bytes that were rendered earlier; others are declared now.
    Changed,
    /// Neither the bytes that were rendered earlier nor those that are declared.
    Edited,
    /// Edited, and no longer declared.
    EditedExtra,
    /// Still the bytes that were rendered earlier; no longer declared.
    Extra,
    /// Not rendered, but Argo CD would apply it.
    Foreign,
    /// An ownership manifest which cannot be read from this line on.
    Garbled(usize),
    /// Left behind by a run that was interrupted.
    Leftover,
    /// Declared and not there.
    Missing,
    /// An ownership manifest that is missing or records something else than the files beside it.
    Ownership,
    /// A symbolic link.
    Symlink,
    /// Not recorded as rendered, but in the place of a declared file, and with other bytes.
    Unowned,
}

impl Difference {
    /// Whether a tree with this difference is not written. Edits are given up by `force`; nothing else is.
    pub(crate) fn is_refused(self, force: bool) -> bool {
        match self {
            Self::Blocked | Self::Foreign | Self::Garbled(_) | Self::Symlink => true,
            Self::Edited | Self::EditedExtra | Self::Unowned => !force,
            Self::Changed | Self::Extra | Self::Leftover | Self::Missing | Self::Ownership => false,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path.display(), self.difference)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Blocked => "blocked: a file is in the place of a directory, or the other way round: move it away",
            Self::Changed => "changed: other bytes are declared now: render to replace it",
            Self::Edited => {
                "edited by hand: move the edit into the declaration and render, or render with --force to discard it"
            }
            Self::EditedExtra => {
                "edited by hand and no longer declared: declare it again, or render with --force to remove it"
            }
            Self::Extra => "extra: no longer declared: render to remove it",
            Self::Foreign => "not rendered, but Argo CD would apply it: move it out of this directory",
            Self::Garbled(line) => {
                return write!(
                    formatter,
                    "line {line} is no line of an ownership manifest: settle the merge or restore the file; \
                     or delete it and render, which takes over every file that is as declared"
                );
            }
            Self::Leftover => "left by an interrupted run: render to remove it",
            Self::Missing => "missing: render to write it",
            Self::Ownership => "does not record the files beside it: render to write it",
            Self::Symlink => "a symbolic link, and the tree is never read or written through one: remove it",
            Self::Unowned => {
                "not rendered, but in the place of a rendered file: move it away, or render with --force to replace it"
            }
        })
    }
}
