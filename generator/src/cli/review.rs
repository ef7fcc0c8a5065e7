//! `review`: what a change does to the tree.

use super::args::{ReviewArgs, ReviewFormat};
use super::exit::Exit;
use super::report;
use crate::review::{Form, LEAST_LIMIT, review as compare};

/// Runs `review`.
pub(super) fn review(args: &ReviewArgs) -> Exit {
    let ReviewArgs { before, after, format, limit, whole } = args;
    let form = match format {
        ReviewFormat::Text => Form::Plain,
        ReviewFormat::Markdown if *limit < LEAST_LIMIT => {
            return report::usage(&format!(
                "--limit {limit}: a review needs {LEAST_LIMIT} bytes to say what it leaves out"
            ));
        }
        ReviewFormat::Markdown => Form::Markdown { limit: *limit },
    };
    match compare(before, after, whole.as_deref(), form) {
        Ok(text) => report::print(&text),
        Err(errors) => report::unreadable(errors.problems()),
    }
}
