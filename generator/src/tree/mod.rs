//! The tree on disk: what is rendered is compared with what is there, and only what differs is touched.
//!
//! Rendering hands over what a cluster's directories [shall hold](Desired); [`compare`] says how the disk differs and writes
//! nothing; [`write()`] makes the disk equal. Nothing is lost on the way:
//!
//! - **Ownership.** Each directory has a manifest `.casemate` (Argo CD reads only YAML and JSON) with the SHA-256 of every file
//!   that was written there. A file is replaced or removed only if its bytes are recorded: nobody edited it. Everything is
//!   examined before the first write, and whatever is refused is named at once. `--force` discards edits; it never removes a
//!   file that is not recorded.
//! - **Argo CD applies what it finds.** A file of Argo CD's in a directory of ours that we did not write is refused, with
//!   `--force` too. Other files are left alone, and so are directories without a manifest.
//! - **Errors leave the tree as it was.** All new bytes are first *staged* in files named `.casemate-*.tmp` beside their places,
//!   whole new directories in one directory of that name; a full disk or a missing permission is met there, and what was staged
//!   is removed again. Then everything is renamed into place, and only then is anything removed.
//! - **Interruptions heal.** Before a file of an existing directory is replaced, the directory's manifest is replaced by one
//!   that records the old bytes *and* the new ones. So whenever a run stops, the next one recognises every file, whatever
//!   is declared by then, and needs no `--force`. Leftover `.casemate-*.tmp` are removed. At worst an empty directory
//!   stays, which git does not see.
//! - **Power loss.** Files are not synced one by one: on 10,000 services that costs minutes, to protect what git and the
//!   next run restore. A file system that lost the bytes of a renamed file leaves it empty or full of zeros; such a file
//!   holds nothing that could be lost, so it counts as ours and is written again.
//! - **Never elsewhere.** Names are checked when a [`Desired`] is made. The target itself may be a symbolic link, because the
//!   user named it; below it every symbolic link is refused.
//! - **One at a time.** The target directory is locked by its handle, shared to compare and exclusive to write: nothing of
//!   it is seen in the tree. A second process waits for a while.

mod committed;
mod contents;
pub(crate) mod cores;
mod desired;
mod disk;
mod error;
mod finding;
mod listing;
mod lock;
mod names;
mod owned;
mod ownership;
mod plan;
mod scope;
mod stage;
mod survey;
#[cfg(test)]
mod tests;

use std::path::Path;

pub(crate) use self::committed::{Committed, CommittedFile, Departure, How};
pub(crate) use self::desired::{Desired, DesiredDirectory, DesiredFile, KeptData};
pub(crate) use self::error::{Problem, TreeErrors};
pub(crate) use self::finding::{Difference, Finding};
pub(crate) use self::names::MANIFEST;
pub(crate) use self::scope::Scope;

use self::disk::Disk;
use self::lock::Target;
use self::survey::Survey;

/// How a tree on disk differs from what is declared.
#[derive(Debug)]
pub(crate) struct Comparison {
    /// Every difference, in the order of paths; none means that the tree is what a rendering would write.
    pub(crate) findings: Vec<Finding>,
    /// Files that are as declared.
    pub(crate) unchanged: usize,
}

/// What was done to a tree.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct Summary {
    /// Files that are declared: one for each object, and those that are none.
    pub(crate) declared: usize,
    /// Files that were created or replaced.
    pub(crate) written: usize,
    /// Files that were as declared and were not touched.
    pub(crate) unchanged: usize,
    /// Files that are no longer declared and were removed.
    pub(crate) removed: usize,
    /// Data in the cluster that outlives the files that were removed.
    pub(crate) kept: Vec<KeptData>,
}

/// Compares a tree with what is declared, and writes nothing.
pub(crate) fn compare(target: &Path, desired: &Desired, scope: &Scope) -> Result<Comparison, TreeErrors> {
    let _lock = Target::read(target)?;
    let survey = Survey::of(target, desired, scope, cores::available());
    if !survey.problems.is_empty() {
        return Err(TreeErrors::new(survey.problems));
    }
    Ok(survey.into_comparison(target))
}

/// Makes a tree what is declared. Nothing is written if anything is refused; `force` discards edits.
pub(crate) fn write(target: &Path, desired: &Desired, force: bool) -> Result<Summary, TreeErrors> {
    write_on(&Disk::default(), cores::available(), target, desired, force)
}

fn write_on(disk: &Disk, cores: usize, target: &Path, desired: &Desired, force: bool) -> Result<Summary, TreeErrors> {
    let lock = Target::write(disk, target)?;
    let written = write_locked(disk, cores, target, desired, force);
    if written.is_err() {
        lock.unmake(disk);
    }
    written
}

fn write_locked(
    disk: &Disk,
    cores: usize,
    target: &Path,
    desired: &Desired,
    force: bool,
) -> Result<Summary, TreeErrors> {
    let mut survey = Survey::of(target, desired, &Scope::Everything, cores);
    let refused = survey.findings.extract_if(.., |finding| finding.difference.is_refused(force)).map(Problem::Refused);
    let mut problems: Vec<Problem> = refused.collect();
    problems.append(&mut survey.problems);
    if !problems.is_empty() {
        return Err(TreeErrors::new(problems));
    }
    stage::Stage { disk, cores, target }.write(&survey)?;
    Ok(survey.into_summary(desired))
}
