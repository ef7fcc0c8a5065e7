//! A directory to try things in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::tree::disk::Disk;
use crate::tree::{
    Comparison, Desired, DesiredDirectory, DesiredFile, Difference, KeptData, Problem, Scope, Summary, TreeErrors,
    compare, write_on,
};

/// The directory of the service that most tests are about.
pub(super) const API: &str = "lab/services/trips/api";

/// A target directory that is removed at the end of a test.
pub(super) struct Ground {
    directory: TempDir,
}

impl Ground {
    /// An empty target.
    pub(super) fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap() }
    }

    /// A target where this was rendered.
    pub(super) fn with(desired: &Desired) -> Self {
        let ground = Self::new();
        ground.write(desired).unwrap();
        ground
    }

    pub(super) fn target(&self) -> &Path {
        self.directory.path()
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.target().join(path)
    }

    pub(super) fn write(&self, desired: &Desired) -> Result<Summary, TreeErrors> {
        self.write_on(&Disk::default(), desired)
    }

    pub(super) fn write_on(&self, disk: &Disk, desired: &Desired) -> Result<Summary, TreeErrors> {
        write_on(disk, 1, self.target(), desired, false)
    }

    pub(super) fn force(&self, desired: &Desired) -> Result<Summary, TreeErrors> {
        write_on(&Disk::default(), 2, self.target(), desired, true)
    }

    pub(super) fn compare(&self, desired: &Desired) -> Comparison {
        compare(self.target(), desired, &Scope::Everything).unwrap()
    }

    /// The differences, with paths below the target.
    pub(super) fn differences(&self, desired: &Desired) -> Vec<(String, Difference)> {
        self.relative(self.compare(desired).findings.into_iter().map(|finding| (finding.path, finding.difference)))
    }

    /// What a run refuses, with paths below the target.
    pub(super) fn refusals(&self, desired: &Desired) -> Vec<(String, Difference)> {
        self.refused(&self.write(desired).unwrap_err())
    }

    pub(super) fn refused(&self, errors: &TreeErrors) -> Vec<(String, Difference)> {
        self.relative(errors.problems().iter().map(|problem| match problem {
            Problem::Refused(finding) => (finding.path.clone(), finding.difference),
            other => panic!("{other}"),
        }))
    }

    fn relative(&self, found: impl Iterator<Item = (PathBuf, Difference)>) -> Vec<(String, Difference)> {
        found
            .map(|(path, difference)| {
                (path.strip_prefix(self.target()).unwrap().to_str().unwrap().to_owned(), difference)
            })
            .collect()
    }

    /// Writes a file as somebody else.
    pub(super) fn put(&self, path: &str, bytes: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), bytes).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// All files with their bytes.
    pub(super) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut directories = vec![self.target().to_owned()];
        while let Some(directory) = directories.pop() {
            for entry in fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    directories.push(path);
                } else {
                    files.insert(path.strip_prefix(self.target()).unwrap().to_owned(), fs::read(&path).unwrap());
                }
            }
        }
        files
    }

    /// All files and directories with the bytes of files.
    pub(super) fn everything(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut all = BTreeMap::new();
        let mut directories = vec![self.target().to_owned()];
        while let Some(directory) = directories.pop() {
            for entry in fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                all.insert(path.strip_prefix(self.target()).unwrap().to_owned(), fs::read(&path).ok());
                directories.extend(path.is_dir().then_some(path));
            }
        }
        all
    }
}

/// A file with the given bytes.
pub(super) fn file(name: &str, bytes: &str) -> DesiredFile {
    DesiredFile { name: name.to_owned(), bytes: bytes.to_owned(), data: None }
}

/// A file of a claim.
pub(super) fn claim(name: &str, bytes: &str) -> DesiredFile {
    let data = KeptData::new("PersistentVolumeClaim", &format!("trips/{name}"));
    DesiredFile { name: format!("persistentvolumeclaim-{name}.yaml"), bytes: bytes.to_owned(), data: Some(data) }
}

/// What the cluster `lab` shall hold.
pub(super) fn desired(directories: Vec<(&str, Vec<DesiredFile>)>) -> Desired {
    try_desired(directories).unwrap()
}

pub(super) fn try_desired(directories: Vec<(&str, Vec<DesiredFile>)>) -> Result<Desired, TreeErrors> {
    let directories =
        directories.into_iter().map(|(path, files)| DesiredDirectory { path: path.to_owned(), files }).collect();
    Desired::new(&["lab"], directories)
}

/// One service of two files.
pub(super) fn service(deployment: &str, service: &str) -> Desired {
    desired(vec![(API, vec![file("deployment-api.yaml", deployment), file("service-api.yaml", service)])])
}

/// No service at all.
pub(super) fn nothing() -> Desired {
    desired(Vec::new())
}
