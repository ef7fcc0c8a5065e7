//! Why two trees could not be compared.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::quote;

/// Everything that is wrong, each on a line of its own.
#[derive(Debug)]
pub(crate) struct ReviewErrors(Vec<Unreadable>);

/// One thing that is wrong.
#[derive(Debug)]
pub(crate) struct Unreadable {
    path: PathBuf,
    reason: Reason,
}

/// Why a path has no place in a tree.
#[derive(Debug)]
pub(super) enum Reason {
    /// Directories below directories, without end.
    Deep,
    /// The system refused.
    Io(io::Error),
    /// A file or a tree that nobody could review, and that would fill the memory.
    Large(&'static str),
    /// Anything but a file or a directory: reading it may never end.
    Special,
    /// A link, which could lead anywhere.
    Symlink,
    /// A name or a text that is no Unicode.
    Unicode(&'static str),
}

impl ReviewErrors {
    pub(super) fn of(errors: impl IntoIterator<Item = Vec<Unreadable>>) -> Self {
        Self(errors.into_iter().flatten().collect())
    }

    /// All of them.
    pub(crate) fn problems(&self) -> &[Unreadable] {
        &self.0
    }
}

impl Unreadable {
    pub(super) fn new(path: &Path, reason: Reason) -> Self {
        Self { path: path.to_owned(), reason }
    }
}

impl Error for ReviewErrors {}

impl fmt::Display for ReviewErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.0.iter().enumerate() {
            let separator = if number == 0 { "" } else { "\n" };
            write!(formatter, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.to_string_lossy();
        let path = quote::visible(&path);
        match &self.reason {
            Reason::Deep => write!(formatter, "{path}: more directories below each other than a rendered tree has"),
            Reason::Io(error) => write!(formatter, "cannot read {path}: {error}"),
            Reason::Special => write!(formatter, "{path}: neither a file nor a directory"),
            Reason::Symlink => {
                write!(formatter, "{path}: a symbolic link; a rendered tree has none, and none is followed")
            }
            Reason::Large(what) | Reason::Unicode(what) => write!(formatter, "{path}: {what}"),
        }
    }
}
