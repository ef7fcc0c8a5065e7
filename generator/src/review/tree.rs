//! A tree as it lies on disk. Reads files and directories, and follows nothing.

use std::collections::BTreeMap;
use std::fs::{self, File, FileType};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::error::{Reason, Unreadable};

/// No object is as large: the API server takes no more than 3 MB.
const MOST_OF_A_FILE: u64 = 10 * 1000 * 1000;
const MOST_OF_A_TREE: u64 = 256 * 1000 * 1000;
const MOST_FILES: usize = 200_000;
const MOST_LEVELS: usize = 32;
/// Nobody reads more of them.
const MOST_PROBLEMS: usize = 20;

/// The texts of a tree, by their paths below its root.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The paths have `/` between their parts.
    pub(super) files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads a tree.
    pub(super) fn read(root: &Path) -> Result<Self, Vec<Unreadable>> {
        let mut reader = Reader::default();
        match fs::symlink_metadata(root) {
            Ok(metadata) if metadata.is_dir() => reader.directories.push((root.to_owned(), String::new(), 0)),
            Ok(metadata) => reader.refuse(root, Reason::of(metadata.file_type())),
            Err(error) => reader.refuse(root, Reason::Io(error)),
        }
        while let Some((path, name, level)) = reader.directories.pop() {
            reader.directory(&path, &name, level);
            if reader.problems.len() >= MOST_PROBLEMS || reader.is_full(root) {
                break;
            }
        }
        if reader.problems.is_empty() { Ok(reader.tree) } else { Err(reader.problems) }
    }
}

impl Reason {
    /// What is wrong with something that is not what it should be.
    fn of(kind: FileType) -> Self {
        if kind.is_symlink() { Self::Symlink } else { Self::Special }
    }
}

#[derive(Default)]
struct Reader {
    tree: Tree,
    bytes: u64,
    /// What is still to be read: its path, its name in the tree, its level.
    directories: Vec<(PathBuf, String, usize)>,
    problems: Vec<Unreadable>,
}

impl Reader {
    fn refuse(&mut self, path: &Path, reason: Reason) {
        self.problems.push(Unreadable::new(path, reason));
    }

    fn is_full(&mut self, root: &Path) -> bool {
        let what = if self.bytes > MOST_OF_A_TREE {
            "more than 256 MB of text"
        } else if self.tree.files.len() > MOST_FILES {
            "more than 200,000 files"
        } else {
            return false;
        };
        self.refuse(root, Reason::Large(what));
        true
    }

    fn directory(&mut self, path: &Path, name: &str, level: usize) {
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return self.refuse(path, Reason::Io(error)),
        };
        for entry in entries {
            if self.problems.len() >= MOST_PROBLEMS || self.bytes > MOST_OF_A_TREE || self.tree.files.len() > MOST_FILES
            {
                return;
            }
            let (entry, kind) = match entry.and_then(|entry| entry.file_type().map(|kind| (entry, kind))) {
                Ok(entry) => entry,
                Err(error) => return self.refuse(path, Reason::Io(error)),
            };
            let below = entry.path();
            let Ok(file_name) = entry.file_name().into_string() else {
                self.refuse(&below, Reason::Unicode("a name that is no Unicode"));
                continue;
            };
            let name = if name.is_empty() { file_name } else { format!("{name}/{file_name}") };
            if kind.is_dir() && level >= MOST_LEVELS {
                self.refuse(&below, Reason::Deep);
            } else if kind.is_dir() {
                self.directories.push((below, name, level + 1));
            } else if kind.is_file() {
                match read(&below) {
                    Ok(text) => {
                        self.bytes += text.len() as u64;
                        self.tree.files.insert(name, text);
                    }
                    Err(reason) => self.refuse(&below, reason),
                }
            } else {
                self.refuse(&below, Reason::of(kind));
            }
        }
    }
}

fn read(path: &Path) -> Result<String, Reason> {
    let mut bytes = Vec::new();
    // One byte more than allowed, whatever the size was said to be: a file may grow while it is read.
    File::open(path).and_then(|file| file.take(MOST_OF_A_FILE + 1).read_to_end(&mut bytes)).map_err(Reason::Io)?;
    if bytes.len() as u64 > MOST_OF_A_FILE {
        return Err(Reason::Large("more than 10 MB, which no object is"));
    }
    String::from_utf8(bytes).map_err(|_| Reason::Unicode("a text that is no UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(root: &Path) -> String {
        Tree::read(root).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn reads_files_at_all_levels() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("a/b")).unwrap();
        fs::write(root.path().join("a/b/c.yaml"), "c").unwrap();
        fs::write(root.path().join("d.yaml"), "d").unwrap();
        let files = Tree::read(root.path()).unwrap().files;
        let expected = [("a/b/c.yaml", "c"), ("d.yaml", "d")];
        assert_eq!(files, expected.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
    }

    #[test]
    fn refuses_a_directory_that_is_missing_or_none() {
        let root = tempfile::tempdir().unwrap();
        assert!(refused(&root.path().join("missing")).contains("cannot read"));
        fs::write(root.path().join("file"), "").unwrap();
        assert!(refused(&root.path().join("file")).contains("neither a file nor a directory"));
    }

    #[cfg(unix)]
    #[test]
    fn follows_no_link() {
        let root = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("secret"), "secret").unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), root.path().join("directory")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("secret"), root.path().join("file.yaml")).unwrap();
        let refused = refused(root.path());
        assert_eq!(refused.matches("a symbolic link").count(), 2, "{refused}");
        assert!(Tree::read(&root.path().join("directory")).is_err(), "not even where it is the root");
    }

    #[test]
    fn refuses_what_is_too_large_or_no_text() {
        let root = tempfile::tempdir().unwrap();
        let large = File::create(root.path().join("large.yaml")).unwrap();
        large.set_len(MOST_OF_A_FILE + 1).unwrap();
        fs::write(root.path().join("binary"), [0xff, 0xfe]).unwrap();
        let refused = refused(root.path());
        assert!(refused.contains("more than 10 MB"), "{refused}");
        assert!(refused.contains("no UTF-8"), "{refused}");
    }

    #[test]
    fn refuses_directories_without_end() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("d/".repeat(MOST_LEVELS + 2))).unwrap();
        assert!(refused(root.path()).contains("more directories below each other"));
    }

    #[test]
    fn stops_after_so_many_problems() {
        let root = tempfile::tempdir().unwrap();
        for number in 0..100 {
            fs::write(root.path().join(number.to_string()), [0xff]).unwrap();
        }
        assert_eq!(refused(root.path()).lines().count(), MOST_PROBLEMS);
    }
}
