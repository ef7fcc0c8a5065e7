//! What a person, or a program behind a pipe, is told.

use std::fmt::{Display, Write as _};
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use serde_json::json;

use super::args::Format;
use super::exit::Exit;
use crate::plugin::Refusal;
use crate::resolve::{Finding, Warning};
use crate::tree::{Comparison, Difference, Problem, Summary, TreeErrors};

/// Prints to standard output.
pub(super) fn print(text: &str) -> Exit {
    let mut stdout = io::stdout().lock();
    printed(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()))
}

/// Prints objects to standard output, each a document of its own.
pub(super) fn documents(texts: &[impl AsRef<str>]) -> Exit {
    let mut stdout = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut write = || {
        for (number, text) in texts.iter().enumerate() {
            stdout.write_all(if number == 0 { b"" } else { b"---\n" })?;
            stdout.write_all(text.as_ref().as_bytes())?;
        }
        stdout.flush()
    };
    // Whoever reads half of the objects must not take them for all: here a pipe that breaks is an error.
    match write() {
        Ok(()) => Exit::Success,
        Err(error) => {
            say("error", &format!("read all of standard output: {error}"));
            Exit::Io
        }
    }
}

/// Why the plugin prints nothing.
pub(super) fn nothing(refusal: &Refusal) -> Exit {
    say("error", &refusal.to_string());
    if refusal.is_io { Exit::Io } else { Exit::Differs }
}

/// How printing to standard output ended. A reader that has seen enough (`| head`) is no error.
pub(super) fn printed(result: io::Result<()>) -> Exit {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            say("error", &format!("cannot write to standard output: {error}"));
            Exit::Io
        }
        _ => Exit::Success,
    }
}

/// Arguments that make no sense.
pub(super) fn usage(message: &str) -> Exit {
    say("error", &format!("{message}\n\nFor more information, try '--help'."));
    Exit::Usage
}

/// Declarations that are wrong, all of them.
pub(super) fn findings(findings: &[Finding]) -> Exit {
    for finding in findings {
        say("error", &format!("{finding}\n"));
    }
    say("error", &format!("{}; nothing was rendered", count(findings.len(), "finding")));
    Exit::Invalid
}

/// Images without a digest, and their like.
pub(super) fn warnings(warnings: &[Warning], denied: bool) {
    for warning in warnings {
        say(if denied { "error" } else { "warning" }, &warning.to_string());
    }
    if denied && !warnings.is_empty() {
        say(
            "error",
            &format!("{}, and --deny-warnings was given; nothing was rendered", count(warnings.len(), "warning")),
        );
    }
}

/// A tree that could not be read or written.
pub(super) fn tree(errors: &TreeErrors) -> Exit {
    let problems = errors.problems();
    for problem in problems {
        say("error", &problem.to_string());
    }
    say("error", &format!("{}; nothing was written", count(problems.len(), "problem")));
    if problems.iter().any(|problem| matches!(problem, Problem::Collision { .. } | Problem::Name { .. })) {
        return Exit::Invalid;
    }
    Exit::Io
}

/// A repository that was left as it was.
pub(super) fn refused(problem: &impl Display) -> Exit {
    say("error", &problem.to_string());
    Exit::Io
}

/// Trees that could not be compared.
pub(super) fn unreadable(problems: &[impl Display]) -> Exit {
    for problem in problems {
        say("error", &problem.to_string());
    }
    say("error", &format!("{}; nothing was compared", count(problems.len(), "problem")));
    Exit::Io
}

/// One thing that an audit could not read.
pub(super) fn problem(problem: &str) {
    say("error", problem);
}

/// What a render did. So many of the files are no objects: nothing applies them.
pub(super) fn summary(
    out: &Path,
    summary: &Summary,
    other_files: usize,
    warnings: usize,
    notices: &[String],
    format: Format,
) -> Exit {
    let Summary { declared, written, unchanged, removed, kept } = summary;
    let objects = declared - other_files;
    let kept: Vec<String> = kept.iter().map(ToString::to_string).collect();
    if format == Format::Json {
        let value = json!({
            "objects": objects, "other_files": other_files, "written": written, "unchanged": unchanged, "removed": removed, "kept": kept, "warnings": warnings,
            "notices": notices,
        });
        return print(&format!("{value}\n"));
    }
    let mut text = format!(
        "{}: {} and {}: {written} written, {unchanged} unchanged, {removed} removed; {}\n",
        out.display(),
        count(objects, "object"),
        count(other_files, "other file"),
        count(warnings, "warning"),
    );
    if !kept.is_empty() {
        let _ = writeln!(text, "kept in the cluster, until somebody deletes them there:");
        for data in kept {
            let _ = writeln!(text, "  {data}");
        }
    }
    if !notices.is_empty() {
        let _ = writeln!(text, "reaches further than most, for the reason that is declared:");
        for notice in notices {
            let _ = writeln!(text, "  {notice}");
        }
    }
    print(&text)
}

/// How a tree differs.
pub(super) fn comparison(comparison: &Comparison, format: Format) -> Exit {
    let Comparison { findings, unchanged } = comparison;
    let refused = findings.iter().filter(|finding| finding.difference.is_refused(false)).count();
    let printed = if format == Format::Json {
        let differences: Vec<_> = findings
            .iter()
            .map(|finding| json!({"path": finding.path, "difference": word(finding.difference)}))
            .collect();
        print(&format!("{}\n", json!({"differences": differences, "unchanged": unchanged})))
    } else {
        let mut text = String::new();
        for finding in findings {
            let _ = writeln!(text, "{finding}");
        }
        let _ = writeln!(text, "{}, {unchanged} unchanged", count(findings.len(), "difference"));
        if refused > 0 {
            let _ = writeln!(text, "render would refuse {refused} of them");
        }
        print(&text)
    };
    match printed {
        Exit::Success if findings.is_empty() => Exit::Success,
        Exit::Success => Exit::Differs,
        failed => failed,
    }
}

const fn word(difference: Difference) -> &'static str {
    match difference {
        Difference::Blocked => "blocked",
        Difference::Changed => "changed",
        Difference::Edited | Difference::EditedExtra => "edited",
        Difference::Extra => "extra",
        Difference::Foreign => "foreign",
        Difference::Garbled(_) => "garbled",
        Difference::Leftover => "leftover",
        Difference::Missing => "missing",
        Difference::Ownership => "ownership",
        Difference::Symlink => "symlink",
        Difference::Unowned => "unowned",
    }
}

/// `a, b and c`.
pub(super) fn list(names: &[impl Display]) -> String {
    match names {
        [] => "none".to_owned(),
        [only] => only.to_string(),
        [others @ .., last] => {
            let others: Vec<String> = others.iter().map(ToString::to_string).collect();
            format!("{} and {last}", others.join(", "))
        }
    }
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// One line, or several, on standard error; the first word in colour where a person reads it.
fn say(level: &str, message: &str) {
    let colour = if level == "warning" { "33" } else { "31" };
    let mut stderr = io::stderr().lock();
    let coloured = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    // Where nobody can be told, there is nobody to tell it.
    let _ = if coloured {
        writeln!(stderr, "\u{1b}[1;{colour}m{level}\u{1b}[0m: {message}")
    } else {
        writeln!(stderr, "{level}: {message}")
    };
}
