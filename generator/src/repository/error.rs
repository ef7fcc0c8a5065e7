//! Why a repository was left as it was.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What is wrong.
#[derive(Debug)]
pub(crate) enum Problem {
    /// What was asked for makes no sense.
    Asked(String),
    /// Files that would be made are there.
    Exist(Vec<PathBuf>),
    /// The system refused an operation.
    Io {
        /// What was tried, such as `read`.
        operation: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A file does not look like the template's, so nobody can tell where a line belongs.
    Unlike {
        /// The file.
        path: PathBuf,
        /// What is missing, or there already.
        why: String,
        /// The lines that a person adds instead.
        by_hand: Vec<String>,
    },
}

impl Problem {
    pub(super) fn io(operation: &'static str, path: &Path, error: io::Error) -> Self {
        Self::Io { operation, path: path.to_owned(), error }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked(why) => f.write_str(why),
            Self::Exist(paths) => {
                for (number, path) in paths.iter().enumerate() {
                    write!(f, "{}`{}` is there already", if number == 0 { "" } else { "\n" }, path.display())?;
                }
                write!(f, "\nno file is overwritten; nothing was written")
            }
            Self::Io { operation, path, error } => {
                write!(f, "cannot {operation} `{}`: {error}; nothing was written", path.display())
            }
            Self::Unlike { path, why, by_hand } => {
                write!(f, "`{}`: {why}; nothing was written. Add these lines by hand:", path.display())?;
                by_hand.iter().try_for_each(|line| write!(f, "\n  {line}"))
            }
        }
    }
}

impl std::error::Error for Problem {}
