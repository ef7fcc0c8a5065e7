//! What is to be done in one directory.

use super::names::child;
use super::ownership::Ownership;
use super::{DesiredFile, Difference, KeptData};

/// What is to be done in one directory. It holds no bytes: those stay where rendering put them.
#[derive(Debug)]
pub(super) struct Plan<'d> {
    /// The path below the target.
    pub(super) path: String,
    /// Whether the directory is to be created.
    pub(super) is_new: bool,
    /// Files to create or replace.
    pub(super) written: Vec<&'d DesiredFile>,
    /// Names of files to remove.
    pub(super) removed: Vec<String>,
    /// What the manifest says while files are replaced, if it must change before that.
    pub(super) transition: Option<String>,
    /// What becomes of the manifest in the end.
    pub(super) manifest: Manifest,
    /// What outlives the files that are removed here.
    pub(super) kept: Vec<KeptData>,
}

/// What becomes of a manifest.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Manifest {
    /// It already says what it must.
    Keep,
    /// It is removed with its directory.
    Remove,
    /// It is replaced by this text.
    Replace(String),
}

impl<'d> Plan<'d> {
    /// The plan of a directory that is not there. It is staged whole, unless others lie below it or it is a cluster's own: then
    /// it is made in its place, and its manifest comes first.
    pub(super) fn of_new_directory(path: &str, files: &'d [DesiredFile], is_above: bool) -> Self {
        let is_made_in_place = is_above || !path.contains('/');
        Self {
            path: path.to_owned(),
            is_new: true,
            written: files.iter().collect(),
            removed: Vec::new(),
            transition: is_made_in_place.then(|| Ownership::of(files).to_text()),
            manifest: Manifest::Keep,
            kept: Vec::new(),
        }
    }

    /// Whether the directory is staged whole and then renamed into its place.
    pub(super) fn is_staged_whole(&self) -> bool {
        self.is_new && self.transition.is_none()
    }

    /// Whether nothing is to be done.
    pub(super) fn is_empty(&self) -> bool {
        !self.is_new
            && self.written.is_empty()
            && self.removed.is_empty()
            && self.transition.is_none()
            && self.manifest == Manifest::Keep
            && self.kept.is_empty()
    }

    /// What is the matter with the manifest on disk, if nothing is with the files beside it.
    pub(super) fn manifest_difference(&self) -> Option<Difference> {
        match (&self.manifest, &self.transition) {
            (Manifest::Keep, None) => None,
            (Manifest::Remove, _) => Some(Difference::Extra),
            (Manifest::Replace(_), _) | (Manifest::Keep, Some(_)) => Some(Difference::Ownership),
        }
    }

    /// The paths, below the target, of the files to create or replace.
    pub(super) fn written_paths(&self) -> impl Iterator<Item = String> {
        self.written.iter().map(|file| child(&self.path, &file.name))
    }
}
