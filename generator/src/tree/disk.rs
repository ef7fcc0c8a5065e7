//! Everything that changes the disk goes through here, so that tests can stop it after any operation.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use super::Problem;

/// The disk.
#[derive(Debug, Default)]
pub(super) struct Disk {
    #[cfg(test)]
    pub(super) interruption: Option<super::tests::Interruption>,
}

impl Disk {
    /// Creates a directory, unless somebody has just done that.
    pub(super) fn create_directory(&self, path: &Path) -> Result<(), Problem> {
        self.step().and_then(|()| fs::create_dir(path)).or_else(|error| {
            let is_there = error.kind() == io::ErrorKind::AlreadyExists && path.is_dir();
            if is_there { Ok(()) } else { Err(Problem::io("create this directory", path, error)) }
        })
    }

    /// Creates a file that must not be there.
    pub(super) fn create_file(&self, path: &Path, bytes: &[u8]) -> Result<(), Problem> {
        let write = || {
            let step = self.step();
            let mut file = File::create_new(path)?;
            // An interruption may come in the middle of a file.
            file.write_all(if step.is_ok() { bytes } else { &bytes[..bytes.len() / 2] })?;
            step
        };
        write().map_err(|error| Problem::io("write", path, error))
    }

    /// Gives a file or a directory another name, in place of a file that has it.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<(), Problem> {
        self.step().and_then(|()| fs::rename(from, to)).map_err(|error| Problem::io("replace", to, error))
    }

    /// Removes a file.
    pub(super) fn remove_file(&self, path: &Path) -> Result<(), Problem> {
        self.step().and_then(|()| fs::remove_file(path)).map_err(|error| Problem::io("remove", path, error))
    }

    /// Removes a directory if it is empty, and says whether it was.
    pub(super) fn remove_empty_directory(&self, path: &Path) -> Result<bool, Problem> {
        match self.step().and_then(|()| fs::remove_dir(path)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(false),
            Err(error) => Err(Problem::io("remove this directory", path, error)),
        }
    }

    /// Removes what staging left behind: a file, or a directory of files.
    pub(super) fn remove_staged(&self, path: &Path) -> Result<(), Problem> {
        let failed = |error| Problem::io("remove", path, error);
        if !path.symlink_metadata().map_err(failed)?.is_dir() {
            return self.remove_file(path);
        }
        for entry in path.read_dir().map_err(failed)? {
            self.remove_file(&entry.map_err(failed)?.path())?;
        }
        self.remove_empty_directory(path).map(|_| ())
    }

    /// Where a test may interrupt.
    #[cfg(test)]
    fn step(&self) -> io::Result<()> {
        self.interruption.as_ref().map_or(Ok(()), super::tests::Interruption::step)
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "only tests interrupt")]
    fn step(&self) -> io::Result<()> {
        Ok(())
    }
}
