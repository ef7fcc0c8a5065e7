//! Exit codes: documented in `--help`, and stable.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Exit {
    /// All is as it should be.
    Success,
    /// `--check` found a difference.
    Differs,
    /// `audit` found an object that breaks a rule.
    Breaks,
    /// The arguments make no sense.
    Usage,
    /// A declaration is wrong, or has a warning that was denied.
    Invalid,
    /// Something could not be read or written, or would not be overwritten.
    Io,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Success => 0,
            Exit::Differs | Exit::Breaks => 1,
            Exit::Usage => 2,
            Exit::Invalid => 3,
            Exit::Io => 4,
        })
    }
}
