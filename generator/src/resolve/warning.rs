//! Warnings: what renders, and is not fit for a cluster yet.

use std::fmt;

use casemate_dsl::said::Place;

/// Something that is not as it should be yet.
#[derive(Debug, PartialEq)]
pub(crate) struct Warning {
    pub(crate) whose: String,
    pub(crate) at: Place,
    pub(crate) what: String,
}

impl Warning {
    /// An image whose digest is not known: it is rendered with a placeholder that no registry holds.
    pub(crate) fn awaiting_digest(whose: impl ToString, image: impl fmt::Display, at: Place) -> Self {
        Self { whose: whose.to_string(), at, what: format!("{image} awaits its digest, and cannot be pulled") }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({}:{})", self.whose, self.what, self.at.file(), self.at.line())
    }
}
