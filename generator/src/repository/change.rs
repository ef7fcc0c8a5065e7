//! Changes of files, all of them or none: every text is written beside its place first, then each is renamed into place.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::error::Problem;

/// A file that is made, or given another text.
#[derive(Debug)]
pub(super) struct Change {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// The text that it has, or `None` where it must not be there.
    pub(super) before: Option<String>,
    /// The text that it gets.
    pub(super) after: String,
}

/// Makes all changes, in their order. After an error everything is as it was.
pub(super) fn apply(changes: &[Change]) -> Result<(), Problem> {
    let mut made = Made::default();
    let result = changes
        .iter()
        .enumerate()
        .try_for_each(|(number, change)| made.stage(number, change))
        .and_then(|()| changes.iter().enumerate().try_for_each(|(number, change)| made.place(number, change)));
    if result.is_err() {
        made.undo();
    }
    result
}

/// What is there that was not there before.
#[derive(Debug, Default)]
struct Made<'c> {
    directories: Vec<PathBuf>,
    staged: Vec<PathBuf>,
    placed: Vec<&'c Change>,
}

impl<'c> Made<'c> {
    /// Writes the text beside its place.
    fn stage(&mut self, number: usize, change: &'c Change) -> Result<(), Problem> {
        let directory = change.path.parent().unwrap_or(Path::new(""));
        self.make_directories(directory)?;
        let staged = staged(directory, number);
        let mut file = File::create_new(&staged).map_err(|error| Problem::io("write", &staged, error))?;
        self.staged.push(staged);
        file.write_all(change.after.as_bytes()).map_err(|error| Problem::io("write", &change.path, error))
    }

    /// Renames the text into its place, if that is as it was when the change was thought of.
    fn place(&mut self, number: usize, change: &'c Change) -> Result<(), Problem> {
        let path = &change.path;
        match &change.before {
            None if path.symlink_metadata().is_ok() => return Err(Problem::Exist(vec![path.clone()])),
            Some(before) if fs::read_to_string(path).ok().as_ref() != Some(before) => {
                return Err(Problem::io("edit", path, io::Error::other("somebody else has just changed it")));
            }
            _ => {}
        }
        let directory = path.parent().unwrap_or(Path::new(""));
        fs::rename(staged(directory, number), path).map_err(|error| Problem::io("write", path, error))?;
        self.placed.push(change);
        Ok(())
    }

    fn make_directories(&mut self, directory: &Path) -> Result<(), Problem> {
        if directory.as_os_str().is_empty() || directory.is_dir() {
            return Ok(());
        }
        if let Some(above) = directory.parent() {
            self.make_directories(above)?;
        }
        fs::create_dir(directory).map_err(|error| Problem::io("create this directory", directory, error))?;
        self.directories.push(directory.to_owned());
        Ok(())
    }

    /// Puts everything back.
    fn undo(self) {
        // The error that led here is the one to report.
        for staged in &self.staged {
            let _ = fs::remove_file(staged);
        }
        for Change { path, before, after: _ } in self.placed.into_iter().rev() {
            let _ = match before {
                None => fs::remove_file(path),
                Some(before) => fs::write(path, before),
            };
        }
        for directory in self.directories.iter().rev() {
            let _ = fs::remove_dir(directory);
        }
    }
}

/// Where the `number`th text is written first; `.gitignore` knows the name.
fn staged(directory: &Path, number: usize) -> PathBuf {
    directory.join(format!(".casemate-{number}.tmp"))
}
