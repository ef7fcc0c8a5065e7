//! The config management plugin: what Argo CD applies is what was rendered, or nothing.
//!
//! [`guard`] re-reads a committed directory, and needs no declaration. Whoever may run it may also have written the directory, and so nothing
//! in it is believed: its manifest, its files, the variables that an Application brings along. [`generate`] believes no file of the tree at all:
//! it prints what the program's own services render, for a checkout of the sources that it was built from. Everything is examined before the
//! first byte is printed.

mod environment;
mod generate;
mod guard;
mod judge;
#[cfg(test)]
mod measured;
mod part;

use std::fmt;

pub(crate) use self::environment::Environment;
pub(crate) use self::generate::{Ungenerated, check, generate};
pub(crate) use self::guard::guard;

/// Why nothing is printed: in a condition of an Application the first line is what people read, so that each is whole by itself.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// What is wrong with what, and what to do.
    pub(crate) lines: Vec<String>,
    /// Whether the system refused to read something, and nothing worse was seen.
    pub(crate) is_io: bool,
}

/// What Argo CD takes from a plugin in one message, unless told otherwise.
const MOST_TEXT: usize = 100 * 1000 * 1000;
/// More lines than these say nothing more.
const MOST_LINES: usize = 20;

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.lines.len().min(MOST_LINES);
        f.write_str(&self.lines[..shown].join("\n"))?;
        match self.lines.len() - shown {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl From<String> for Refusal {
    fn from(line: String) -> Self {
        Self { lines: vec![line], is_io: false }
    }
}
