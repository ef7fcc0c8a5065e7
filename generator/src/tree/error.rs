//! Why a tree could not be compared or written.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::Finding;

/// Everything that is wrong, each on a line of its own.
#[derive(Debug)]
pub(crate) struct TreeErrors(Vec<Problem>);

/// One thing that is wrong.
#[derive(Debug)]
pub(crate) enum Problem {
    /// Two things that are declared have one place.
    Collision {
        /// The one path.
        first: String,
        /// The other, which differs in case or not at all.
        second: String,
    },
    /// The system refused an operation.
    Io {
        /// What was tried, such as `create`.
        operation: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Another process has the tree.
    Locked {
        /// The target directory.
        target: PathBuf,
    },
    /// A declared path cannot be a path of the tree.
    Name {
        /// The path.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Something on disk must not be replaced or removed.
    Refused(Finding),
}

impl TreeErrors {
    pub(super) fn new(problems: Vec<Problem>) -> Self {
        Self(problems)
    }

    /// All of them.
    pub(crate) fn problems(&self) -> &[Problem] {
        &self.0
    }
}

impl From<Problem> for TreeErrors {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl Error for TreeErrors {}

impl fmt::Display for TreeErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.0.iter().enumerate() {
            let separator = if number == 0 { "" } else { "\n" };
            write!(formatter, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl Problem {
    pub(super) fn io(operation: &'static str, path: &Path, error: io::Error) -> Self {
        Self::Io { operation, path: path.to_owned(), error }
    }

    pub(super) fn name(path: &str, reason: &'static str) -> Self {
        Self::Name { path: path.to_owned(), reason }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Collision { first, second } if first == second => {
                write!(formatter, "{first}: two things are rendered to this path: give one of them another name")
            }
            Self::Collision { first, second } => write!(
                formatter,
                "{first}: is the same file as {second} where case does not count: give one of them another name"
            ),
            Self::Io { operation, path, error } => {
                write!(formatter, "{}: cannot {operation}: {error}", path.display())?;
                match hint(error.kind()) {
                    Some(hint) => write!(formatter, ": {hint}"),
                    None => Ok(()),
                }
            }
            Self::Locked { target } => write!(
                formatter,
                "{}: another process is rendering or comparing this tree: try again when it has ended",
                target.display()
            ),
            Self::Name { path, reason } => write!(formatter, "{path}: {reason}: rename what is declared"),
            Self::Refused(finding) => finding.fmt(formatter),
        }
    }
}

/// What the user can do about an error of the system.
fn hint(kind: io::ErrorKind) -> Option<&'static str> {
    Some(match kind {
        io::ErrorKind::PermissionDenied => "let this user read and write there",
        io::ErrorKind::ReadOnlyFilesystem => "render to a place that can be written",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room and render again",
        io::ErrorKind::NotADirectory => "move away the file that stands where a directory is needed",
        _ => return None,
    })
}
