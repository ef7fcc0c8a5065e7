//! The review: what a change does to the rendered tree, in the order in which it matters to the person who has to approve it.
//!
//! It compares two directories and knows nothing of the declarations behind them, so that it also sees what was edited by hand. What
//! bears on security comes first, read from the objects ([`facts`]); then each changed file as a diff. Whatever stands in the trees is
//! only ever quoted: in code spans, in fences that it cannot close, with invisible characters spelled.

mod changes;
mod diff;
mod error;
mod facts;
mod headline;
mod markdown;
mod plain;
pub(crate) mod quote;
mod sentence;
#[cfg(test)]
mod tests;
mod tree;
mod verdict;

use std::path::Path;

use changes::Changes;
use tree::Tree;
use verdict::Verdict;

pub(crate) use error::ReviewErrors;

/// GitHub's limit for a comment.
pub(crate) const COMMENT_LIMIT: usize = 65_536;

/// Below this there is no room for the sentences that say what was left out.
pub(crate) const LEAST_LIMIT: usize = 4096;

/// How a review is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Form {
    /// For a terminal, whole.
    Plain,
    /// For a comment, in at most so many bytes.
    Markdown {
        /// At least [`LEAST_LIMIT`].
        limit: usize,
    },
}

/// Compares two trees and says what changed. `whole` is the command that shows a path's whole change, with `{}` where the path goes.
///
/// # Errors
///
/// Everything in the trees that could not be read, or that has no place in a tree.
pub(crate) fn review(before: &Path, after: &Path, whole: Option<&str>, form: Form) -> Result<String, ReviewErrors> {
    let trees = (Tree::read(before), Tree::read(after));
    let (before_tree, after_tree) = match trees {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => {
            return Err(ReviewErrors::of([before.err(), after.err()].into_iter().flatten()));
        }
    };
    let whole = whole.map_or_else(
        || format!("diff -ruN {}/{{}} {}/{{}}", quote::shell(&display(before)), quote::shell(&display(after))),
        str::to_owned,
    );
    Ok(review_trees(&before_tree, &after_tree, &whole, form))
}

fn review_trees(before: &Tree, after: &Tree, whole: &str, form: Form) -> String {
    let changes = Changes::between(before, after);
    let verdict = Verdict::of(before, after, &changes);
    match form {
        Form::Plain => plain::write(&changes, &verdict),
        Form::Markdown { limit } => markdown::write(&changes, &verdict, whole, limit.max(LEAST_LIMIT)),
    }
}

fn display(path: &Path) -> String {
    let path = path.display().to_string();
    path.trim_end_matches('/').to_owned()
}
