//! Why it cannot be told what a source is.

use std::fmt;
use std::io;

/// A file whose content is not a matter of the checkout alone, or that cannot be read.
#[derive(Debug, Eq, PartialEq)]
pub struct Problem {
    path: String,
    what: String,
    is_io: bool,
}

impl Problem {
    pub(crate) fn new(path: &str, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), what: what.into(), is_io: false }
    }

    pub(crate) fn unreadable(path: &str, error: &io::Error) -> Self {
        Self { path: path.to_owned(), what: format!("cannot be read: {error}"), is_io: true }
    }

    /// Whether it is the system that refused to read it.
    #[must_use]
    pub fn is_io(&self) -> bool {
        self.is_io
    }
}

/// The path from the root of the workspace, what is wrong, and what to do.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, what, is_io: _ } = self;
        write!(f, "{}: {what}", path.escape_debug())
    }
}
