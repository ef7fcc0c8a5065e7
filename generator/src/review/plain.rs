//! The review for a terminal: whole, and as bare as a diff.

use std::fmt::Write as _;

use super::changes::{Changes, role};
use super::headline::{counted, headline, nothing};
use super::verdict::{NOTHING, Section, Verdict};
use super::{diff, quote};

/// The whole review.
pub(super) fn write(changes: &Changes<'_>, verdict: &Verdict) -> String {
    let mut text = String::new();
    let Some(headline) = headline(changes) else {
        let _ = writeln!(text, "{}", nothing(changes).replace('`', ""));
        section(&mut text, verdict, Section::Placeholder);
        return text;
    };
    let _ = writeln!(text, "{headline}.");
    if verdict.is_empty() {
        let _ = writeln!(text, "\n{NOTHING}");
    }
    for kind in verdict.sections.keys() {
        section(&mut text, verdict, *kind);
    }
    for (path, directory) in &changes.directories {
        let _ = writeln!(text, "\n{}: {}", quote::quotation(&role(path).0), counted(directory.counts()));
        for changed in &directory.files {
            let _ = writeln!(text, "\n{} {}", changed.change.word(), quote::quotation(changed.path));
            for line in diff::lines(changed.change) {
                text.push_str(&line);
                text.push('\n');
            }
        }
    }
    text
}

fn section(text: &mut String, verdict: &Verdict, section: Section) {
    let Some(sentences) = verdict.sections.get(&section) else { return };
    let _ = writeln!(text, "\n{}:", section.title());
    for sentence in sentences {
        let _ = writeln!(text, "- {}", sentence.plain());
    }
}
