//! The sources of a program: the hash of each file, as text and compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use crate::problem::Problem;
use crate::walk::Walk;

/// The first line of the text, which says what it is to people, to `sha256sum --check` and to [`Sources::parse`].
const HEAD: &str =
    "# casemate-sources 1: what this program was built from, from the root of its workspace; sha256sum --check";
/// What stands before the directory of a package.
const PACKAGE: &str = "# package ";
/// What stands before the reason for which the sources are not known.
const UNKNOWN: &str = "# unknown: ";

/// The sources of a program: the directories of its packages, and the hash of each file.
#[derive(Debug, Eq, PartialEq)]
pub struct Sources {
    packages: BTreeSet<String>,
    files: BTreeMap<String, String>,
}

/// How a checkout differs from what a program was built from, each with the path from the root of the workspace.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Difference {
    /// The file has another content.
    Changed(String),
    /// The file was not there when the program was built.
    Added(String),
    /// The file was there when the program was built.
    Missing(String),
}

impl Sources {
    /// Reads the sources of a program in the workspace at this root: its packages lie in these directories, written from the root with `/`. What is not
    /// there is none of them.
    ///
    /// # Errors
    ///
    /// Everything that is not the checkout's own: links that lead out of it or to directories, files that are read from outside of it, paths of
    /// `include_str!` that only the compiler knows. And what cannot be read.
    pub fn read(root: &Path, packages: impl IntoIterator<Item = String>) -> Result<Self, Vec<Problem>> {
        let packages = packages.into_iter().collect();
        let Walk { files, problems, .. } = Walk::over(root, &packages);
        if problems.is_empty() { Ok(Self { packages, files }) } else { Err(problems) }
    }

    pub(crate) fn of(packages: BTreeSet<String>, files: BTreeMap<String, String>) -> Self {
        Self { packages, files }
    }

    /// Reads what [`embed`](crate::embed) wrote.
    ///
    /// # Errors
    ///
    /// Why the sources are not known, and what to do.
    pub fn parse(text: &str) -> Result<Self, String> {
        let garbled = || "build the program again: the text is none that its build script writes".to_owned();
        if let Some(reason) = text.strip_prefix(UNKNOWN) {
            return Err(reason.trim_end().to_owned());
        }
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return Err(garbled());
        }
        let mut sources = Self { packages: BTreeSet::new(), files: BTreeMap::new() };
        for line in lines {
            if let Some(package) = line.strip_prefix(PACKAGE) {
                sources.packages.insert(package.to_owned());
            } else {
                let (digest, path) = line.split_once("  ").ok_or_else(garbled)?;
                sources.files.insert(path.to_owned(), digest.to_owned());
            }
        }
        if sources.packages.is_empty() || sources.files.is_empty() { Err(garbled()) } else { Ok(sources) }
    }

    /// The text of sources that are not known, for this reason.
    pub(crate) fn unknown(reason: &str) -> String {
        format!("{UNKNOWN}{reason}\n")
    }

    /// The paths of all files, from the root of the workspace.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// What differs in the workspace at this root, by the same reading as when the program was built; nothing, if it has these sources.
    ///
    /// # Errors
    ///
    /// As those of [`Sources::read`].
    pub fn differences(&self, root: &Path) -> Result<Vec<Difference>, Vec<Problem>> {
        let Self { packages, files } = self;
        let here = Self::read(root, packages.iter().cloned())?.files;
        let paths: BTreeSet<&String> = files.keys().chain(here.keys()).collect();
        let difference = |path: &String| match (files.get(path), here.get(path)) {
            (Some(one), Some(other)) => (one != other).then(|| Difference::Changed(path.clone())),
            (Some(_), None) => Some(Difference::Missing(path.clone())),
            (None, _) => Some(Difference::Added(path.clone())),
        };
        Ok(paths.into_iter().filter_map(difference).collect())
    }
}

/// The text that [`Sources::parse`] reads.
impl fmt::Display for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { packages, files } = self;
        writeln!(f, "{HEAD}")?;
        for package in packages {
            writeln!(f, "{PACKAGE}{package}")?;
        }
        for (path, digest) in files {
            writeln!(f, "{digest}  {path}")?;
        }
        Ok(())
    }
}
