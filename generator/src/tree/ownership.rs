//! The ownership manifest of a directory: which bytes in it are ours.
//!
//! ```text
//! # casemate 1: rendered, so change the declaration instead; sha256sum --check .casemate
//! 5d41…  deployment-trips-api.yaml
//! 9b74…  persistentvolumeclaim-data.yaml
//! # keeps persistentvolumeclaim-data.yaml: PersistentVolumeClaim trips/data
//! ```
//!
//! One line a file, sorted by name, so that two changes of different files merge. A file may have several lines: while it is
//! being replaced, and after a merge that kept the lines of both sides. Each of them says "these bytes were rendered". `sha256sum` skips
//! the lines that begin with `#`, so that anybody can prove that a directory is what was rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::contents::Digest;
use super::names::check_name;
use super::{DesiredFile, KeptData};

/// The first line; the number is the version of the format.
pub(super) const HEADER: &str =
    "# casemate 1: rendered, so change the declaration instead; sha256sum --check .casemate";

/// The beginning of the line about what outlives a file.
const KEEPS: &str = "# keeps ";

/// What a manifest records.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Ownership {
    files: BTreeMap<String, Record>,
}

/// What is recorded about one file.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Record {
    digests: BTreeSet<Digest>,
    keeps: BTreeSet<KeptData>,
}

impl Ownership {
    /// Records exactly these files.
    pub(super) fn of<'d>(files: impl IntoIterator<Item = &'d DesiredFile>) -> Self {
        let mut ownership = Self::default();
        for file in files {
            ownership.record(&file.name, Digest::of(file.bytes.as_bytes()), file.data.as_ref());
        }
        ownership
    }

    /// Reads a manifest strictly, or returns the number of the line that is none of ours. An empty one (or one full of zeros, after a
    /// power loss) records nothing.
    pub(super) fn parse(text: &str) -> Result<Self, usize> {
        let mut ownership = Self::default();
        if text.bytes().all(|byte| byte == 0) {
            return Ok(ownership);
        }
        let lines = text.strip_suffix('\n').ok_or(text.lines().count())?;
        for (place, line) in lines.split('\n').enumerate() {
            let read = if place == 0 { (line == HEADER).then_some(()) } else { ownership.read_line(line) };
            read.ok_or(place + 1)?;
        }
        match ownership.files.values().position(|record| record.digests.is_empty()) {
            Some(_) => Err(lines.split('\n').count()),
            None => Ok(ownership),
        }
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        if let Some(keeps) = line.strip_prefix(KEEPS) {
            let (name, data) = keeps.split_once(": ")?;
            check_name(name).ok()?;
            self.files.entry(name.to_owned()).or_default().keeps.insert(KeptData::parse(data)?);
        } else {
            let (digest, name) = line.split_once("  ")?;
            check_name(name).ok()?;
            self.record(name, Digest::parse(digest)?, None);
        }
        Some(())
    }

    /// Records that these bytes of a file are ours.
    pub(super) fn record(&mut self, name: &str, digest: Digest, keeps: Option<&KeptData>) {
        let record = self.files.entry(name.to_owned()).or_default();
        record.digests.insert(digest);
        record.keeps.extend(keeps.cloned());
    }

    /// Adds what another manifest records about a file.
    pub(super) fn add(&mut self, name: &str, record: &Record) {
        let own = self.files.entry(name.to_owned()).or_default();
        own.digests.extend(&record.digests);
        own.keeps.extend(record.keeps.iter().cloned());
    }

    /// What is recorded about a file.
    pub(super) fn get(&self, name: &str) -> Option<&Record> {
        self.files.get(name)
    }

    /// All files with what is recorded about them.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &Record)> {
        self.files.iter().map(|(name, record)| (name.as_str(), record))
    }

    /// The files by themselves.
    pub(super) fn into_files(self) -> impl Iterator<Item = (String, Record)> {
        self.files.into_iter()
    }

    /// The manifest as it is written.
    pub(super) fn to_text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for (name, record) in &self.files {
            for digest in &record.digests {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{digest}  {name}");
            }
        }
        for (name, record) in &self.files {
            for data in &record.keeps {
                let _ = writeln!(text, "{KEEPS}{name}: {data}");
            }
        }
        text
    }
}

impl Record {
    /// Whether bytes with this digest are ours.
    pub(super) fn holds(&self, digest: Digest) -> bool {
        self.digests.contains(&digest)
    }

    /// Whether there is one text that is the file's, as there is when no render and no merge is under way.
    pub(super) fn is_settled(&self) -> bool {
        self.digests.len() == 1
    }

    /// What outlives the file.
    pub(super) fn keeps(&self) -> impl Iterator<Item = &KeptData> {
        self.keeps.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::{HEADER, Ownership};
    use crate::tree::KeptData;
    use crate::tree::contents::Digest;

    fn example() -> Ownership {
        let mut ownership = Ownership::default();
        let data = KeptData::new("PersistentVolumeClaim", "trips/data");
        ownership.record("persistentvolumeclaim-data.yaml", Digest::of(b"old"), Some(&data));
        ownership.record("persistentvolumeclaim-data.yaml", Digest::of(b"new"), Some(&data));
        ownership.record("deployment-a.yaml", Digest::of(b"a"), None);
        ownership
    }

    #[test]
    fn a_manifest_is_read_back_as_it_was_written() {
        let text = example().to_text();
        assert_eq!(Ownership::parse(&text), Ok(example()));
        assert_eq!(text.lines().count(), 5);
        assert_eq!(Ownership::parse(&Ownership::default().to_text()), Ok(Ownership::default()));
    }

    #[test]
    fn an_empty_manifest_records_nothing() {
        assert_eq!(Ownership::parse(""), Ok(Ownership::default()));
        assert_eq!(Ownership::parse("\0\0\0"), Ok(Ownership::default()));
    }

    #[test]
    fn lines_of_both_sides_of_a_merge_are_read_in_any_order() {
        let text = example().to_text();
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        assert_eq!(Ownership::parse(&(lines.join("\n") + "\n")), Ok(example()));
    }

    #[test]
    fn anything_else_is_refused_with_its_line() {
        let digest = Digest::of(b"a");
        let other_version = HEADER.replace(" 1", " 2");
        for (line, text) in [
            (1, "garbage\n".to_owned()),
            (1, format!("{other_version}\n")),
            (1, format!("{HEADER}\r\n")),
            (1, HEADER.to_owned()),
            (2, format!("{HEADER}\n<<<<<<< HEAD\n{digest}  a.yaml\n")),
            (2, format!("{HEADER}\n{digest} a.yaml\n")),
            (2, format!("{HEADER}\n{digest}  ../a.yaml\n")),
            (2, format!("{HEADER}\n{digest}  /etc/passwd\n")),
            (2, format!("{HEADER}\n{digest}  .casemate\n")),
            (2, format!("{HEADER}\nabc  a.yaml\n")),
            (2, format!("{HEADER}\n# keeps a.yaml: PersistentVolumeClaim trips/data\n")),
            (3, format!("{HEADER}\n{digest}  a.yaml\n# keeps a.yaml: nothing\n")),
            (3, format!("{HEADER}\n{digest}  a.yaml\n\n")),
            (2, format!("{HEADER}\n{digest}  a.yaml")),
        ] {
            assert_eq!(Ownership::parse(&text), Err(line), "{text:?}");
        }
    }

    #[test]
    fn coreutils_verify_a_manifest() {
        let directory = tempfile::tempdir().unwrap();
        let mut ownership = Ownership::default();
        ownership.record("a.yaml", Digest::of(b"a"), Some(&KeptData::new("Namespace", "a")));
        std::fs::write(directory.path().join(".casemate"), ownership.to_text()).unwrap();
        for (bytes, verified) in [("a", true), ("b", false)] {
            std::fs::write(directory.path().join("a.yaml"), bytes).unwrap();
            let Ok(output) = std::process::Command::new("sha256sum")
                .args(["--check", "--strict", ".casemate"])
                .current_dir(&directory)
                .output()
            else {
                println!("skipped: sha256sum is not on the PATH");
                return;
            };
            assert_eq!(output.status.success(), verified, "{output:?}");
        }
    }
}
