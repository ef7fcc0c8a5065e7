//! The names in one directory.

use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use super::names::is_staged;

/// What is in a directory, sorted by name.
pub(super) struct Listing {
    /// Everything but what staging left behind.
    pub(super) entries: Vec<Entry>,
    /// What staging left behind.
    pub(super) leftovers: Vec<PathBuf>,
}

/// A name in a directory. One that is no Unicode has replacement characters, and so is none of ours.
pub(super) struct Entry {
    /// The name.
    pub(super) name: String,
    /// What bears it.
    pub(super) kind: Kind,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// A directory.
    Directory,
    /// A file with bytes.
    File,
    /// A socket, a pipe or a device: reading it may never end.
    Other,
    /// A symbolic link to anything.
    Symlink,
}

impl Listing {
    /// Lists a directory.
    pub(super) fn of(directory: &Path) -> io::Result<Self> {
        let mut listing = Self { entries: Vec::new(), leftovers: Vec::new() };
        for entry in fs::read_dir(directory)? {
            let entry = entry?;
            match entry.file_name().into_string() {
                Ok(name) if is_staged(&name) => listing.leftovers.push(entry.path()),
                Ok(name) => listing.entries.push(Entry { name, kind: Kind::of(entry.file_type()?) }),
                Err(name) => {
                    let name = name.to_string_lossy().into_owned();
                    // Nothing is looked for below such a name.
                    let kind = if entry.file_type()?.is_dir() { Kind::Other } else { Kind::of(entry.file_type()?) };
                    listing.entries.push(Entry { name, kind });
                }
            }
        }
        listing.entries.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        Ok(listing)
    }

    /// What bears a name.
    pub(super) fn kind_of(&self, name: &str) -> Option<Kind> {
        let place = self.entries.binary_search_by(|entry| entry.name.as_str().cmp(name)).ok()?;
        self.entries.get(place).map(|entry| entry.kind)
    }
}

impl Kind {
    fn of(kind: FileType) -> Self {
        if kind.is_symlink() {
            Self::Symlink
        } else if kind.is_dir() {
            Self::Directory
        } else if kind.is_file() {
            Self::File
        } else {
            Self::Other
        }
    }
}
