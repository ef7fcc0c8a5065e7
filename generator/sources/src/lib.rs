//! Which sources a program of declarations was built from.
//!
//! [`embed`] is the whole build script of such a program: it writes the hash of every source to a file, whose path the compiler then knows as
//! `CASEMATE_SOURCES`. `casemate plugin generate` reads the checkout that Argo CD sent by the same function, and prints what was
//! compiled in only if both are the same.
//!
//! A source is every file of every package of the workspace that the program is made of, whatever its name; what these read from elsewhere
//! by `include_str!`, `include_bytes!`, `include!` or `#[path]`; and what says how all of it is built: `Cargo.lock`, and the manifest,
//! toolchain and configuration of the workspace. What comes from a registry is in `Cargo.lock` by its hash. A Git revision would say
//! less and more: it leaves out what is not committed, and changes with every commit of rendered files.
//!
//! A macro of another crate that reads a file outside of the packages is not seen: let `include_str!` read it.

#![forbid(unsafe_code)]
#![deny(missing_debug_implementations)]

mod embed;
mod packages;
mod problem;
mod reads;
mod sources;
mod walk;

use std::path::Path;

pub use embed::embed;
pub use problem::Problem;
pub use sources::{Difference, Sources};

/// The file that makes a directory the root of a workspace: every workspace that was built has one.
pub const LOCK: &str = "Cargo.lock";

/// The root of the workspace that a directory lies in: the nearest directory with a `Cargo.lock`, from itself upwards.
///
/// ```
/// let root = casemate_sources::root_of(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).expect("this crate was built in one");
/// assert!(root.join(casemate_sources::LOCK).is_file());
/// ```
#[must_use]
pub fn root_of(directory: &Path) -> Option<&Path> {
    directory.ancestors().find(|directory| directory.join(LOCK).is_file())
}
