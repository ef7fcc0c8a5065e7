//! `plugin`: what Argo CD runs.

use std::path::Path;

use super::exit::Exit;
use super::report;
use crate::plugin::{self, Environment, Refusal};

/// Runs `plugin guard`.
pub(super) fn guard(directory: &Path) -> Exit {
    match environment().and_then(|environment| plugin::guard(directory, &environment)) {
        Ok(guarded) => report::documents(&guarded.texts),
        Err(refusal) => report::nothing(&refusal),
    }
}

fn environment() -> Result<Environment, Refusal> {
    Environment::read(std::env::vars_os()).map_err(|lines| Refusal { lines, is_io: false })
}
