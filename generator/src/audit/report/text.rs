//! For people: each finding with its place, and a summary.

use std::fmt::Write as _;

use crate::audit::{Audited, Finding, Judged, Level, Names, Standard, Tally};

/// How many files of those that were not judged are named.
const MOST_NAMES: usize = 3;

/// The findings of one file, each with its place first, as editors and terminals know it.
pub(crate) fn file(audited: &Audited, is_coloured: bool) -> String {
    let mut text = String::new();
    let (bold, red, plain) = if is_coloured { ("\u{1b}[1m", "\u{1b}[31m", "\u{1b}[0m") } else { ("", "", "") };
    for Judged { identity, findings, unlisted, level: _ } in &audited.objects {
        for Finding { rule, line, column, path, wrong } in findings {
            let document = identity.document;
            let _ = writeln!(text, "{bold}{}:{line}:{column}{plain}: {identity}, document {document}", audited.name);
            let _ = writeln!(text, "  {red}{}{plain}: {wrong}", rule.name());
            let _ = writeln!(text, "  at {path}");
            let _ = writeln!(text, "  instead: {}\n", rule.instead());
        }
        let more: usize = unlisted.values().sum();
        if more > 0 {
            let _ = writeln!(text, "{bold}{}{plain}: {identity}: {more} more findings\n", audited.name);
        }
    }
    text
}

/// The sum: each rule, the levels of Pod Security, and what was not judged.
pub(crate) fn summary(tally: &Tally, standard: Standard) -> String {
    let Tally { files, documents: _, objects, at_fault, findings, levels, without_rule, foreign, unjudged, problems } =
        tally;
    let mut text = format!(
        "{}: {} in {at_fault} of {}\n",
        count(*files, "file"),
        count(tally.total(), "finding"),
        count(*objects, "object")
    );
    let width = findings.keys().map(|rule| rule.name().len()).max().unwrap_or_default();
    for (rule, count) in findings {
        let _ = writeln!(text, "  {count:>5}  {:width$}  {}", rule.name(), rule.must());
    }
    let pods: usize = levels.values().sum();
    if pods > 0 {
        let met = |level| levels.get(&level).copied().unwrap_or_default();
        let _ = writeln!(
            text,
            "Pod Security v1.{}: of {} that make pods, {} meet restricted, {} baseline, {} neither",
            standard.minor(),
            count(pods, "object"),
            met(Level::Restricted),
            met(Level::Baseline),
            met(Level::Privileged),
        );
    }
    if !without_rule.is_empty() {
        let kinds: Vec<String> = without_rule.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        let _ = writeln!(text, "no rule is about {}", kinds.join(", "));
    }
    if *foreign > 0 {
        let _ = writeln!(text, "no object of Kubernetes: {}", count(*foreign, "document"));
    }
    if !unjudged.is_empty() {
        let _ = writeln!(text, "not judged:");
    }
    for (what, names) in unjudged {
        let _ = writeln!(text, "  {:>5}  {}{}", names.count, what.reason(), first(names, what.is_of_interest()));
    }
    if *problems > 0 {
        let _ = writeln!(text, "not read: {}", count(*problems, "problem"));
    }
    text
}

/// Where the first of them lie.
fn first(names: &Names, is_of_interest: bool) -> String {
    if !is_of_interest {
        return String::new();
    }
    let some: Vec<&str> = names.first.iter().take(MOST_NAMES).map(String::as_str).collect();
    let more = if names.first.len() > MOST_NAMES { ", …" } else { "" };
    format!(" ({}{more})", some.join(", "))
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
