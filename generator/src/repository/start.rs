//! A repository of one's own.

use std::fs;
use std::path::{Path, PathBuf};

use casemate_dsl::word::{LinkerdImage, Name};

use super::change::{Change, apply};
use super::error::Problem;
use super::names;
use super::template::{REPOSITORY, Values, file};

/// What a new repository is about.
#[derive(Debug)]
pub(crate) struct NewRepository<'a> {
    /// Where it is made: a directory that is not there yet, or in which none of its files is.
    pub(crate) directory: &'a Path,
    /// The name of its cluster.
    pub(crate) cluster: &'a str,
    /// The release and the digest of Linkerd's proxy, if they are known.
    pub(crate) proxy: Option<&'a str>,
}

/// Makes a repository, whole or not at all, and returns the paths of its files.
pub(crate) fn start(new: &NewRepository<'_>) -> Result<Vec<PathBuf>, Problem> {
    let files = files(new)?;
    let changes = |root: &Path| -> Vec<Change> {
        let change =
            |(path, text): &(String, String)| Change { path: root.join(path), before: None, after: text.clone() };
        files.iter().map(change).collect()
    };
    let here = changes(new.directory);
    if new.directory.symlink_metadata().is_err() {
        // Even an interruption leaves no half of it.
        start_beside(new.directory, changes)?;
    } else {
        let there = here.iter().map(|change| &change.path).filter(|path| path.symlink_metadata().is_ok());
        let there: Vec<PathBuf> = there.cloned().collect();
        if !there.is_empty() {
            return Err(Problem::Exist(there));
        }
        apply(&here)?;
    }
    Ok(here.into_iter().map(|change| change.path).collect())
}

/// Makes the files in a directory beside the one that is wanted, and gives it the name.
fn start_beside(directory: &Path, changes: impl Fn(&Path) -> Vec<Change>) -> Result<(), Problem> {
    let Some(name) = directory.file_name() else {
        return Err(Problem::Asked(format!("`{}` is no name for a directory", directory.display())));
    };
    let mut staged_name = std::ffi::OsString::from(".casemate-");
    staged_name.push(name);
    staged_name.push(".tmp");
    let staged = directory.with_file_name(staged_name);
    fs::create_dir(&staged).map_err(|error| Problem::io("create this directory", &staged, error))?;
    let made = apply(&changes(&staged))
        .and_then(|()| fs::rename(&staged, directory).map_err(|error| Problem::io("create", directory, error)));
    if made.is_err() {
        // The error that led here is the one to report; it is this run's own directory.
        let _ = fs::remove_dir_all(&staged);
    }
    made
}

/// The files: paths, and texts.
fn files(new: &NewRepository<'_>) -> Result<Vec<(String, String)>, Problem> {
    let NewRepository { directory: _, cluster, proxy } = *new;
    if let Some(why) = Name::why_not(cluster) {
        return Err(Problem::Asked(format!("`{cluster}` cannot name a cluster: {why}")));
    }
    let taken = || Problem::Asked(format!("`{cluster}` cannot name the cluster's module: choose another name"));
    let module = names::module(cluster).ok_or_else(taken)?;
    if REPOSITORY.iter().any(|(path, _)| *path == format!("services/src/{module}.rs")) {
        return Err(taken());
    }
    let proxy = match proxy {
        None => "linkerd_awaiting_digest!(\"edge-26.8.3\")".to_owned(),
        Some(proxy) => match LinkerdImage::why_not(proxy) {
            None => format!("linkerd_image!(\"{proxy}\")"),
            Some(why) => return Err(Problem::Asked(format!("`{proxy}`: {why}"))),
        },
    };
    let values = Values::from([
        ("cluster", cluster),
        ("module", module.as_str()),
        ("proxy", proxy.as_str()),
        ("version", env!("CARGO_PKG_VERSION")),
    ]);
    REPOSITORY
        .iter()
        .map(|(path, template)| Ok((path.replace("{module}", &module), file(path, template, &values)?)))
        .collect()
}
