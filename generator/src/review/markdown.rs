//! The review as a comment, which never exceeds its limit.
//!
//! The limit is counted in bytes: no host counts a text as longer than that. Room is given out in the order of importance: the
//! headline, what bears on security, the names of what changed, then the diffs. What finds no room is counted, and the comment names
//! the command that shows it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::changes::{Changed, Changes, Role, role};
use super::headline::{counted, headline, nothing};
use super::sentence::Sentence;
use super::verdict::{NOTHING, Section, Verdict};
use super::{diff, quote};

const TITLE: &str = "### What this changes in the cluster\n\n";

/// For the sentence that says what was left out, even where its command is nothing but backticks.
const RESERVED: usize = 1200;

/// A diff of fewer lines says nothing.
const LEAST_LINES: usize = 6;

/// Writes the review.
pub(super) fn write(changes: &Changes<'_>, verdict: &Verdict, whole: &str, limit: usize) -> String {
    let mut room = Room { left: limit.saturating_sub(RESERVED) };
    let mut text = TITLE.to_owned();
    match headline(changes) {
        Some(headline) => {
            let _ = writeln!(text, "**{headline}.**\n");
            if verdict.is_empty() {
                let _ = writeln!(text, "{NOTHING}\n");
            }
        }
        None => {
            let _ = writeln!(text, "{}\n", nothing(changes));
        }
    }
    room.left = room.left.saturating_sub(text.len());
    // Half of the room, so that some diffs are seen in any case.
    let mut half = Room { left: room.left / 2 };
    for (section, sentences) in &verdict.sections {
        let written = half.section(*section, sentences);
        room.left = room.left.saturating_sub(written.len());
        text.push_str(&written);
    }
    let (written, left_out) = room.directories(changes, whole);
    text.push_str(&written);
    text.push_str(&left_out.sentence(whole));
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// How many bytes are left.
struct Room {
    left: usize,
}

/// What found no room.
#[derive(Default)]
struct LeftOut {
    directories: usize,
    diffs: usize,
    cut: usize,
}

/// What is written of a directory.
struct Fold {
    head: String,
    /// One text for each file, in the order of their names; none where nothing is written of it.
    files: Vec<Option<String>>,
}

const END: &str = "</details>\n\n";

impl Room {
    fn take(&mut self, bytes: usize) -> bool {
        let fits = bytes <= self.left;
        if fits {
            self.left -= bytes;
        }
        fits
    }

    /// The sentences of a section, as far as there is room.
    fn section(&mut self, section: Section, sentences: &[Sentence]) -> String {
        let (head, end) = if section.is_folded() {
            (format!("<details>\n<summary>{} ({})</summary>\n\n", section.title(), sentences.len()), "\n</details>\n\n")
        } else {
            (format!("**{}**\n\n", section.title()), "\n")
        };
        let rest = "- … and 18446744073709551615 more\n".len();
        if !self.take(head.len() + end.len() + rest) {
            return String::new();
        }
        let mut text = head;
        for (number, sentence) in sentences.iter().enumerate() {
            let line = format!("- {}\n", sentence.markdown());
            if !self.take(line.len()) {
                let _ = writeln!(text, "- … and {} more", sentences.len() - number);
                break;
            }
            text.push_str(&line);
        }
        text.push_str(end);
        text
    }

    fn directories(&mut self, changes: &Changes<'_>, whole: &str) -> (String, LeftOut) {
        let mut left_out = LeftOut::default();
        let mut files: Vec<(&str, usize, &Changed<'_>)> = Vec::new();
        for (path, directory) in &changes.directories {
            files.extend(directory.files.iter().enumerate().map(|(number, file)| (*path, number, file)));
        }
        files.sort_by(|(_, _, one), (_, _, other)| one.importance().cmp(&other.importance()));
        let mut folds: BTreeMap<&str, Fold> = BTreeMap::new();
        // The names of all come before the diff of any.
        for (path, _, _) in &files {
            if folds.contains_key(path) {
                continue;
            }
            let Some(directory) = changes.directories.get(path) else { continue };
            let head = head(path, directory.is_new, directory.is_gone, &counted(directory.counts()));
            if self.take(head.len() + END.len()) {
                folds.insert(path, Fold { head, files: vec![None; directory.files.len()] });
            }
        }
        left_out.directories = changes.directories.len() - folds.len();
        for (path, number, file) in &files {
            let name = format!("{} {}\n\n", file.change.word(), quote::code(file.name()));
            let place = folds.get_mut(path).and_then(|fold| fold.files.get_mut(*number));
            if let Some(place) = place
                && self.take(name.len())
            {
                *place = Some(name);
            }
        }
        let most = self.left / 4;
        let mut is_full = false;
        for (path, number, file) in &files {
            let place = folds.get_mut(path).and_then(|fold| fold.files.get_mut(*number));
            let Some(Some(place)) = place else {
                left_out.diffs += 1;
                continue;
            };
            // Nothing less important is shown than what was left out.
            let written = if is_full { None } else { self.diff(file, most, whole) };
            match written {
                None => {
                    is_full = true;
                    left_out.diffs += 1;
                }
                Some((diff, is_cut)) => {
                    left_out.cut += usize::from(is_cut);
                    place.push_str(&diff);
                }
            }
        }
        let mut text = String::new();
        for Fold { head, files } in folds.values() {
            text.push_str(head);
            files.iter().flatten().for_each(|file| text.push_str(file));
            text.push_str(END);
        }
        (text, left_out)
    }

    /// A diff in its fence, of at most so many bytes if not of all that are left, and whether it was cut.
    fn diff(&mut self, file: &Changed<'_>, most: usize, whole: &str) -> Option<(String, bool)> {
        let mut lines = diff::lines(file.change);
        let fence = "`".repeat(lines.iter().map(|line| quote::longest_run(line)).max().unwrap_or(0).max(2) + 1);
        let frame = 2 * fence.len() + "diff\n\n\n".len();
        let all: usize = lines.iter().map(|line| line.len() + 1).sum();
        let most = most.min(self.left);
        if frame + all <= most {
            self.take(frame + all);
            return Some((format!("{fence}diff\n{}\n{fence}\n\n", lines.join("\n")), false));
        }
        let total = lines.len();
        let sentence = |kept: usize| {
            let command = quote::code(&whole.replace("{}", &quote::shell(file.path)));
            format!("The last {} of {total} lines are left out: {command}\n\n", total - kept)
        };
        let mut left = most.checked_sub(frame + sentence(0).len())?;
        let mut kept = 0;
        for line in &lines {
            match left.checked_sub(line.len() + 1) {
                Some(rest) => left = rest,
                None => break,
            }
            kept += 1;
        }
        if kept < LEAST_LINES {
            return None;
        }
        lines.truncate(kept);
        let text = format!("{fence}diff\n{}\n{fence}\n\n{}", lines.join("\n"), sentence(kept));
        self.take(text.len()).then_some((text, true))
    }
}

fn head(path: &str, is_new: bool, is_gone: bool, counts: &str) -> String {
    let (name, role) = role(path);
    let fate = match (role, is_new, is_gone) {
        (Role::Service | Role::Namespace, true, _) => ", new",
        (Role::Service | Role::Namespace, _, true) => ", gone",
        _ => "",
    };
    format!("<details>\n<summary>{}{fate}: {counts}</summary>\n\n", quote::html_code(&name))
}

impl LeftOut {
    /// At most [`RESERVED`] bytes.
    fn sentence(&self, whole: &str) -> String {
        let Self { directories, diffs, cut } = self;
        let mut parts: Vec<String> = Vec::new();
        for (number, one, several, fate) in [
            (directories, "directory", "directories", "left out"),
            (diffs, "diff", "diffs", "left out"),
            (cut, "diff", "diffs", "cut"),
        ] {
            if *number > 0 {
                parts.push(format!("{number} {} {fate}", if *number == 1 { one } else { several }));
            }
        }
        if parts.is_empty() {
            return String::new();
        }
        let command = quote::code(&whole.replace("{}", ""));
        format!("A comment has its limit: {}, the least important first. All of it: {command}\n", parts.join(", "))
    }
}
