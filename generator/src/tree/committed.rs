//! A committed directory, as far as its ownership manifest proves it: for readers that trust nobody who can write there.
//!
//! [`compare`](super::compare) asks what a render would change, and so it forgives: a manifest may have the lines of both sides of a merge,
//! and files that Argo CD does not read are left alone. Nothing is forgiven here. A directory is a manifest, exactly as a render writes it,
//! and the files that it names, each with its bytes.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::contents::Digest;
use super::listing::{Entry, Kind, Listing};
use super::names::MANIFEST;
use super::ownership::{Ownership, Record};

/// No object is as large: the API server takes no more than 3 MB.
const MOST_OF_A_FILE: u64 = 10 * 1000 * 1000;

/// A directory that was rendered, or one that is above such directories.
#[derive(Debug)]
pub(crate) enum Committed {
    /// One with a manifest: the files that it names, sorted.
    Rendered(Vec<CommittedFile>),
    /// One without a manifest: the directories in it, sorted. Nothing else is there.
    Above(Vec<PathBuf>),
}

/// A file that a manifest names. Its bytes are not read yet.
#[derive(Debug)]
pub(crate) struct CommittedFile {
    /// Where it is.
    pub(crate) path: PathBuf,
    record: Record,
}

/// How a directory departs from what was rendered.
#[derive(Debug)]
pub(crate) struct Departure {
    /// What departs.
    pub(crate) path: PathBuf,
    /// How.
    pub(crate) how: How,
}

/// How something departs from what was rendered.
#[derive(Debug)]
pub(crate) enum How {
    /// A directory where the manifest says that there are only files.
    Directory,
    /// Other bytes than those that the manifest records.
    Edited,
    /// There is nothing in it.
    Empty,
    /// A file that the manifest does not name.
    Foreign,
    /// The system refused to read it.
    Io(io::Error),
    /// More bytes than any object has.
    Large,
    /// A manifest that is not as a render writes it, from this line on.
    Manifest(usize),
    /// Named by the manifest, and not there.
    Missing,
    /// A file in a directory without a manifest.
    Outside,
    /// Neither a file nor a directory.
    Special,
    /// A symbolic link.
    Symlink,
    /// No UTF-8.
    Unreadable,
}

impl Committed {
    /// Looks into a directory, and reads nothing but its manifest.
    ///
    /// # Errors
    ///
    /// Everything in it that no render writes, at once.
    pub(crate) fn read(directory: &Path) -> Result<Self, Vec<Departure>> {
        let alone = |how| vec![Departure { path: directory.to_owned(), how }];
        match fs::symlink_metadata(directory) {
            Ok(metadata) if metadata.is_symlink() => return Err(alone(How::Symlink)),
            Ok(metadata) if !metadata.is_dir() => return Err(alone(How::Special)),
            Ok(_) => {}
            Err(error) => return Err(alone(How::Io(error))),
        }
        let listing = Listing::of(directory).map_err(|error| alone(How::Io(error)))?;
        if listing.entries.is_empty() && listing.leftovers.is_empty() {
            return Err(alone(How::Empty));
        }
        let leftovers = listing.leftovers.iter().map(|path| Departure { path: path.clone(), how: How::Foreign });
        let mut departures: Vec<Departure> = leftovers.collect();
        let committed = match listing.kind_of(MANIFEST) {
            Some(Kind::File) => Self::rendered(directory, &listing, &mut departures),
            _ => Self::above(directory, &listing, &mut departures),
        };
        if departures.is_empty() { Ok(committed) } else { Err(departures) }
    }

    fn rendered(directory: &Path, listing: &Listing, departures: &mut Vec<Departure>) -> Self {
        let mut depart = |name: &str, how| departures.push(Departure { path: directory.join(name), how });
        let ownership = match manifest(&directory.join(MANIFEST)) {
            Ok(ownership) => ownership,
            Err(how) => {
                depart(MANIFEST, how);
                return Self::Rendered(Vec::new());
            }
        };
        for Entry { name, kind } in &listing.entries {
            match kind {
                _ if name == MANIFEST => {}
                Kind::Directory => depart(name, How::Directory),
                Kind::Symlink => depart(name, How::Symlink),
                Kind::Other => depart(name, How::Special),
                Kind::File if ownership.get(name).is_none() => depart(name, How::Foreign),
                Kind::File => {}
            }
        }
        let mut files = Vec::new();
        for (name, record) in ownership.into_files() {
            match listing.kind_of(&name) {
                None => depart(&name, How::Missing),
                Some(_) => files.push(CommittedFile { path: directory.join(name), record }),
            }
        }
        Self::Rendered(files)
    }

    fn above(directory: &Path, listing: &Listing, departures: &mut Vec<Departure>) -> Self {
        let mut below = Vec::new();
        for Entry { name, kind } in &listing.entries {
            let path = directory.join(name);
            match kind {
                Kind::Directory => below.push(path),
                Kind::Symlink => departures.push(Departure { path, how: How::Symlink }),
                Kind::Other => departures.push(Departure { path, how: How::Special }),
                Kind::File => departures.push(Departure { path, how: How::Outside }),
            }
        }
        Self::Above(below)
    }
}

impl CommittedFile {
    /// The text of the file, which is what the manifest records.
    ///
    /// # Errors
    ///
    /// Other bytes, or none that can be read.
    pub(crate) fn read(&self) -> Result<String, Departure> {
        read(&self.path)
            .and_then(|bytes| if self.record.holds(Digest::of(&bytes)) { Ok(bytes) } else { Err(How::Edited) })
            .and_then(|bytes| String::from_utf8(bytes).map_err(|_| How::Unreadable))
            .map_err(|how| Departure { path: self.path.clone(), how })
    }
}

/// Reads a manifest that is exactly what a render writes: sorted, and with one line of bytes for each file.
fn manifest(path: &Path) -> Result<Ownership, How> {
    let text = String::from_utf8(read(path)?).map_err(|_| How::Unreadable)?;
    let ownership = Ownership::parse(&text).map_err(How::Manifest)?;
    let written = ownership.to_text();
    if written != text {
        let same = written.lines().zip(text.lines()).take_while(|(one, other)| one == other);
        return Err(How::Manifest(same.count() + 1));
    }
    // A file between two renders has two.
    if ownership.files().next().is_none() {
        return Err(How::Empty);
    }
    let unsettled = ownership.files().position(|(_, record)| !record.is_settled());
    unsettled.map_or(Ok(ownership), |place| Err(How::Manifest(place + 3)))
}

fn read(path: &Path) -> Result<Vec<u8>, How> {
    let mut bytes = Vec::new();
    // One byte more than allowed, whatever the size was said to be: a file may grow while it is read.
    File::open(path).and_then(|file| file.take(MOST_OF_A_FILE + 1).read_to_end(&mut bytes)).map_err(How::Io)?;
    if bytes.len() as u64 > MOST_OF_A_FILE { Err(How::Large) } else { Ok(bytes) }
}

impl fmt::Display for Departure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path.display(), self.how)
    }
}

impl fmt::Display for How {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Directory => "a directory that no render makes: remove it",
            Self::Edited => "is not what was rendered: render again and commit, and edit the declaration instead",
            Self::Empty => "nothing is rendered here: render again and commit, or remove the Application",
            Self::Foreign => "no render wrote it: remove it, and declare what it was for",
            Self::Io(error) => return write!(formatter, "cannot be read: {error}"),
            Self::Large => "more than 10 MB, which no object has: render again and commit",
            Self::Manifest(line) => {
                return write!(formatter, "line {line} is not as a render writes it: render again and commit");
            }
            Self::Missing => "was rendered and is gone: render again and commit",
            Self::Outside => "lies where a render makes only directories: name a rendered directory, or remove it",
            Self::Special => "neither a file nor a directory: remove it",
            Self::Symlink => "a symbolic link, and no render makes one: remove it",
            Self::Unreadable => "no text: render again and commit",
        })
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::super::{Desired, DesiredDirectory, DesiredFile, write};
    use super::{Committed, Departure};
    use crate::tree::contents::Digest;

    const AT: &str = "lab/services/shop/api";

    fn file(name: &str, bytes: &str) -> DesiredFile {
        DesiredFile { name: name.to_owned(), bytes: bytes.to_owned(), data: None }
    }

    fn rendered() -> TempDir {
        let root = tempfile::tempdir().unwrap();
        let files = vec![file("b.yaml", "b: 1\n"), file("a.yaml", "a: 1\n")];
        let directories = vec![DesiredDirectory { path: AT.to_owned(), files }];
        write(root.path(), &Desired::new(&["lab"], directories).unwrap(), false).unwrap();
        root
    }

    /// Everything that is said of the directory, its files read.
    fn said(root: &TempDir) -> String {
        let read = match Committed::read(&root.path().join(AT)) {
            Ok(Committed::Rendered(files)) => files.iter().filter_map(|file| file.read().err()).collect(),
            Ok(Committed::Above(below)) => return format!("{below:?}"),
            Err(departures) => departures,
        };
        let below = |departure: &Departure| departure.to_string().replace(&format!("{}/", root.path().display()), "");
        read.iter().map(below).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_directory_is_what_was_rendered() {
        let root = rendered();
        assert_eq!(said(&root), "");
        let Ok(Committed::Rendered(files)) = Committed::read(&root.path().join(AT)) else { panic!("it is rendered") };
        let texts: Vec<String> = files.iter().map(|file| file.read().unwrap()).collect();
        assert_eq!(texts, ["a: 1\n", "b: 1\n"]);
        let Ok(Committed::Above(below)) = Committed::read(root.path()) else { panic!("it is above") };
        assert_eq!(below, [root.path().join("lab")]);
    }

    #[test]
    fn whatever_no_render_writes_is_named_at_once() {
        let root = rendered();
        let at = root.path().join(AT);
        std::fs::write(at.join("c.yaml"), "c").unwrap();
        std::fs::write(at.join("README.md"), "c").unwrap();
        std::fs::write(at.join(".argocd-source.yaml"), "c").unwrap();
        std::fs::write(at.join(".casemate-0.tmp"), "c").unwrap();
        std::fs::create_dir(at.join("below")).unwrap();
        std::fs::remove_file(at.join("a.yaml")).unwrap();
        let said = said(&root);
        for (name, why) in [
            ("c.yaml", "no render wrote it"),
            ("README.md", "no render wrote it"),
            (".argocd-source.yaml", "no render wrote it"),
            (".casemate-0.tmp", "no render wrote it"),
            ("below", "a directory"),
            ("a.yaml", "was rendered and is gone"),
        ] {
            assert!(said.contains(&format!("{AT}/{name}: {why}")), "{name}:\n{said}");
        }
        assert_eq!(said.lines().count(), 6, "{said}");
    }

    #[test]
    fn edited_bytes_are_named() {
        let root = rendered();
        for bytes in [&b"a: 2\n"[..], b"", b"a: 1\n\n", b"\xff"] {
            std::fs::write(root.path().join(AT).join("a.yaml"), bytes).unwrap();
            assert!(said(&root).starts_with(&format!("{AT}/a.yaml: is not what was rendered")), "{bytes:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_though_they_are_recorded() {
        let root = rendered();
        let at = root.path().join(AT);
        std::fs::write(at.join("a.yaml"), b"\xff").unwrap();
        let manifest = std::fs::read_to_string(at.join(".casemate")).unwrap();
        let (old, new) = (Digest::of(b"a: 1\n").to_string(), Digest::of(b"\xff").to_string());
        std::fs::write(at.join(".casemate"), manifest.replace(&old, &new)).unwrap();
        assert!(said(&root).contains("no text"), "{}", said(&root));
    }

    #[test]
    fn what_is_too_large_is_not_read_whole() {
        let root = rendered();
        let large = std::fs::File::create(root.path().join(AT).join("a.yaml")).unwrap();
        large.set_len(super::MOST_OF_A_FILE + 1).unwrap();
        assert!(said(&root).contains("more than 10 MB"), "{}", said(&root));
    }

    #[test]
    fn a_manifest_is_as_a_render_writes_it() {
        let root = rendered();
        let path = root.path().join(AT).join(".casemate");
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let digest = Digest::of(b"other");
        for (wrong, line) in [
            (format!("{}\n{}\n{}\n", lines[0], lines[2], lines[1]), 2),
            (format!("{}\n{}\n{digest}  a.yaml\n{}\n", lines[0], lines[1], lines[2]), 3),
            (format!("{text}{}\n", lines[2]), 4),
            ("garbage\n".to_owned(), 1),
        ] {
            std::fs::write(&path, &wrong).unwrap();
            let said = said(&root);
            assert!(said.contains(&format!("line {line} is not as a render writes it")), "{wrong}\n{said}");
        }
        // Sorted, and with both lines of a merge: somebody's bytes of the two were rendered, and nobody knows whose.
        let mut both = [lines[1].to_owned(), format!("{digest}  a.yaml")];
        both.sort();
        std::fs::write(&path, format!("{}\n{}\n{}\n{}\n", lines[0], both[0], both[1], lines[2])).unwrap();
        assert!(said(&root).contains("is not as a render writes it"), "{}", said(&root));
    }

    #[test]
    fn nothing_is_no_directory() {
        let root = rendered();
        let at = root.path().join(AT);
        std::fs::write(at.join(".casemate"), format!("{}\n", super::super::ownership::HEADER)).unwrap();
        assert!(said(&root).contains("nothing is rendered here"), "{}", said(&root));
        std::fs::remove_dir_all(&at).unwrap();
        std::fs::create_dir(&at).unwrap();
        assert!(said(&root).contains("nothing is rendered here"), "{}", said(&root));
        std::fs::write(at.join("a.yaml"), "a: 1\n").unwrap();
        assert!(said(&root).contains("where a render makes only directories"), "{}", said(&root));
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed() {
        let root = rendered();
        let at = root.path().join(AT);
        std::fs::rename(at.join("a.yaml"), root.path().join("elsewhere")).unwrap();
        std::os::unix::fs::symlink(root.path().join("elsewhere"), at.join("a.yaml")).unwrap();
        std::os::unix::fs::symlink(root.path(), at.join("all")).unwrap();
        assert_eq!(said(&root).matches("a symbolic link").count(), 2, "{}", said(&root));
        std::fs::rename(&at, root.path().join("moved")).unwrap();
        std::os::unix::fs::symlink(root.path().join("moved"), &at).unwrap();
        assert_eq!(said(&root).matches("a symbolic link").count(), 1, "not even where it is the directory itself");
    }
}
