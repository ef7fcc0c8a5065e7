//! The walk over the sources of a workspace. It is the same when a program is built and when it looks at a checkout.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::LOCK;
use crate::problem::Problem;
use crate::reads::{self, Base, Read};

/// What says how all is built, at the root.
const OF_THE_ROOT: [&str; 2] = [LOCK, "Cargo.toml"];
/// What Cargo and its proxy look for in every directory above a package.
const ABOVE_A_PACKAGE: [&str; 4] = [".cargo/config", ".cargo/config.toml", "rust-toolchain", "rust-toolchain.toml"];
/// Directories of a package from which no program is built: their files are hashed, and not asked what they read.
const OF_TESTS: [&str; 3] = ["tests", "benches", "examples"];
/// Deeper than any source.
const MOST_LEVELS: usize = 64;
/// More bytes than people write into a file of Rust: who takes it apart has all of it in memory.
const MOST_CODE: u64 = 2 * 1024 * 1024;

/// What was found.
#[derive(Debug)]
pub(crate) struct Walk<'p> {
    root: PathBuf,
    packages: &'p BTreeSet<String>,
    /// The digest of each file.
    pub(crate) files: BTreeMap<String, String>,
    pub(crate) problems: Vec<Problem>,
    /// Files outside of the packages: where Cargo has to look beside their directories.
    pub(crate) beside: BTreeSet<PathBuf>,
    /// Files that were asked what they read.
    asked: BTreeSet<String>,
    /// What is read at once.
    buffer: Vec<u8>,
}

impl<'p> Walk<'p> {
    /// Walks over the packages in these directories of the workspace at this root.
    pub(crate) fn over(root: &Path, packages: &'p BTreeSet<String>) -> Self {
        let mut walk = Self {
            root: root.to_owned(),
            packages,
            files: BTreeMap::new(),
            problems: Vec::new(),
            beside: BTreeSet::new(),
            asked: BTreeSet::new(),
            buffer: vec![0; 64 * 1024],
        };
        match root.canonicalize() {
            Ok(whole) => walk.root = whole,
            Err(error) => {
                walk.problems.push(Problem::unreadable(&root.display().to_string(), &error));
                return walk;
            }
        }
        for name in OF_THE_ROOT {
            walk.file(name);
        }
        let above = packages.iter().flat_map(|package| package.match_indices('/').map(|(end, _)| &package[..=end]));
        for directory in above.chain([""]).collect::<BTreeSet<_>>() {
            for name in ABOVE_A_PACKAGE {
                walk.file(&format!("{directory}{name}"));
            }
        }
        for package in packages {
            walk.package(package);
        }
        walk
    }

    fn package(&mut self, package: &str) {
        // A link on the way would let the same path be another directory elsewhere.
        match self.root.join(package).canonicalize() {
            Ok(whole) if whole == self.root.join(package) => self.directory(package, package, 0),
            Ok(_) => self.refuse(package, "lies behind a symbolic link: replace the link by the directory"),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => self.problems.push(Problem::unreadable(package, &error)),
        }
    }

    fn directory(&mut self, package: &str, at: &str, level: usize) {
        if level > MOST_LEVELS {
            return self.refuse(at, "no source has so many directories above it: remove it");
        }
        let entries = match fs::read_dir(self.root.join(at)).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(error) => return self.problems.push(Problem::unreadable(at, &error)),
        };
        let is_of_tests = |at: &str| {
            let name = at.strip_prefix(package).and_then(|at| at.strip_prefix('/')).unwrap_or_default();
            OF_TESTS.iter().any(|of_tests| name.split('/').next() == Some(of_tests))
        };
        for entry in entries {
            let name = entry.file_name();
            let path = format!("{at}/{}", name.to_string_lossy());
            if name.to_str().is_none_or(|name| name.chars().any(char::is_control)) {
                self.refuse(&path, "its name is no text of one line: rename it");
                continue;
            }
            match entry.file_type() {
                // A package below another one is walked once.
                Ok(kind) if kind.is_dir() && self.packages.contains(&path) => {}
                Ok(kind) if kind.is_dir() => self.directory(package, &path, level + 1),
                Ok(kind) => {
                    // No link leads to this directory: whether one is here is all that is left to ask.
                    if kind.is_file() {
                        self.hash(&path);
                    } else {
                        self.file(&path);
                    }
                    if is_rust(&path) && !is_of_tests(&path) {
                        self.ask(package, &path);
                    }
                }
                Err(error) => self.problems.push(Problem::unreadable(&path, &error)),
            }
        }
    }

    /// Hashes a file wherever it lies, if there is one.
    fn file(&mut self, at: &str) {
        if self.files.contains_key(at) {
            return;
        }
        match self.is_there(at) {
            Ok(true) => self.hash(at),
            Ok(false) => {}
            Err(problem) => self.problems.push(problem),
        }
    }

    /// Whether there is a file of the checkout.
    fn is_there(&mut self, at: &str) -> Result<bool, Problem> {
        let unreadable = |error: &io::Error| Problem::unreadable(at, error);
        let path = self.root.join(at);
        let metadata = match path.symlink_metadata() {
            Ok(metadata) => metadata,
            // A name below a file is no file either.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(false);
            }
            Err(error) => return Err(unreadable(&error)),
        };
        // Not only the file may be a link: a directory above it, too, where it lies outside of the packages.
        let whole = match path.canonicalize() {
            Ok(whole) => whole,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Problem::new(at, "is a symbolic link to nothing: replace it by a file"));
            }
            Err(error) => return Err(unreadable(&error)),
        };
        if !whole.starts_with(&self.root) {
            return Err(Problem::new(at, "is a symbolic link out of the checkout: replace it by what it leads to"));
        }
        if !whole.is_file() {
            let what = if metadata.is_symlink() { "is a symbolic link to no file" } else { "is no file" };
            return Err(Problem::new(at, format!("{what}: remove it from the sources")));
        }
        if !self.is_of_a_package(at) {
            self.beside.insert(path.clone());
        }
        if whole != path {
            self.beside.insert(whole);
        }
        Ok(true)
    }

    fn hash(&mut self, at: &str) {
        match digest(&self.root.join(at), &mut self.buffer) {
            Ok(digest) => {
                self.files.insert(at.to_owned(), digest);
            }
            Err(error) => self.problems.push(Problem::unreadable(at, &error)),
        }
    }

    /// Asks a file of Rust what it reads from elsewhere.
    fn ask(&mut self, package: &str, at: &str) {
        if !self.files.contains_key(at) || !self.asked.insert(at.to_owned()) {
            return;
        }
        let path = self.root.join(at);
        if path.metadata().is_ok_and(|metadata| metadata.len() > MOST_CODE) {
            return self.refuse(at, "is longer than 2 MiB, and nobody looks for what it reads: take it apart");
        }
        // What is no text compiles to nothing.
        let Ok(text) = fs::read_to_string(path) else { return };
        let above = at.rsplit_once('/').map_or("", |(above, _)| above);
        for read in reads::of(&text) {
            match read {
                Read::Unknown { line } => {
                    let what = format!(
                        "line {line} reads a file whose path only the compiler knows: let `include_str!` and its like have the path as \
                         one text"
                    );
                    self.refuse(at, what);
                }
                Read::File { base, path, is_code } => {
                    let base = if base == Base::Package { package } else { above };
                    match joined(base, &path) {
                        Some(path) => self.read(package, &path, is_code),
                        None => self
                            .refuse(at, format!("it reads `{path}`, which is not in the workspace: move that into it")),
                    }
                }
            }
        }
    }

    fn read(&mut self, package: &str, path: &str, is_code: bool) {
        // What `#[path]` names need not be there: an attribute of another macro may be called so, too.
        self.file(path);
        if is_code {
            self.ask(package, path);
        }
    }

    fn is_of_a_package(&self, at: &str) -> bool {
        at.match_indices('/').any(|(end, _)| self.packages.contains(&at[..end]))
    }

    fn refuse(&mut self, at: &str, what: impl Into<String>) {
        self.problems.push(Problem::new(at, what));
    }
}

/// The digest of a file, of which never more than the buffer is in memory.
fn digest(path: &Path, buffer: &mut [u8]) -> io::Result<String> {
    let (mut file, mut content) = (File::open(path)?, Sha256::new());
    loop {
        match file.read(buffer) {
            Ok(0) => break,
            Ok(read) => content.update(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let mut digits = String::with_capacity(64);
    for byte in content.finalize() {
        for digit in [byte >> 4, byte & 15] {
            digits.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    Ok(digits)
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

/// A path from the root, if it does not leave the workspace.
fn joined(above: &str, path: &str) -> Option<String> {
    let mut names: Vec<&str> = above.split('/').filter(|name| !name.is_empty()).collect();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}
