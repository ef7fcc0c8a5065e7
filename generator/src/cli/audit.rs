//! `audit`: any Kubernetes YAML before the rules.

use std::io::{self, IsTerminal as _};

use super::args::{AuditArgs, AuditFormat};
use super::exit::Exit;
use super::report;
use crate::audit::{Audited, Collected, Options, Standard, Tally, audit as hold, json, sarif, text};

/// Runs `audit`.
pub(super) fn audit(args: &AuditArgs) -> Exit {
    let AuditArgs { paths, format, kubernetes, max_file_size } = args;
    let Some(standard) = standard(kubernetes) else {
        return report::usage(&format!(
            "--kubernetes {kubernetes}: write a version such as 1.35, not below 1.{}",
            Standard::OLDEST
        ));
    };
    let options = Options { standard, most_of_a_file: u64::from(*max_file_size) * 1_000_000 };
    let (tally, printed) = match format {
        AuditFormat::Text => as_text(args, options),
        AuditFormat::Json | AuditFormat::Sarif => {
            let mut collected = Collected::default();
            let tally = hold(paths, options, |audited| {
                problems(audited);
                collected.add(audited);
            });
            let document = if *format == AuditFormat::Json {
                json::write(&collected, &tally, standard)
            } else {
                sarif::write(&collected, &tally, standard, std::env::current_dir().ok().as_deref())
            };
            (tally, report::print(&document))
        }
    };
    if tally.is_of_nothing() && tally.problems == 0 {
        report::problem("no object of Kubernetes was found, and so nothing was judged");
    }
    match printed {
        Exit::Success if tally.problems > 0 || tally.is_of_nothing() => Exit::Io,
        Exit::Success if tally.total() > 0 => Exit::Breaks,
        printed => printed,
    }
}

/// Prints each file's findings as soon as they are found. A reader that has seen enough does not change how it ends.
fn as_text(args: &AuditArgs, options: Options) -> (Tally, Exit) {
    let is_coloured = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut printed = Exit::Success;
    let tally = hold(&args.paths, options, |audited| {
        problems(audited);
        if printed == Exit::Success {
            printed = report::print(&text::file(audited, is_coloured));
        }
    });
    if printed == Exit::Success {
        printed = report::print(&text::summary(&tally, options.standard));
    }
    (tally, printed)
}

fn problems(audited: &Audited) {
    for problem in &audited.problems {
        report::problem(&problem.said_of(&audited.name));
    }
}

/// `1.35`, or `v1.35` as the labels of a namespace have it.
fn standard(version: &str) -> Option<Standard> {
    let minor = version.strip_prefix('v').unwrap_or(version).strip_prefix("1.")?.parse().ok()?;
    (minor >= Standard::OLDEST).then_some(Standard::of(minor))
}
