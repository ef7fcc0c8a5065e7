//! Tests over whole trees.

mod bounds;
mod comment;
mod pages;
mod security;

use super::tree::Tree;
use super::{Form, review_trees};

/// What stands in for the command of a workflow.
const WHOLE: &str = "git diff main -- out/{}";

fn tree(files: &[(&str, &str)]) -> Tree {
    Tree { files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect() }
}

fn markdown(before: &Tree, after: &Tree, limit: usize) -> String {
    review_trees(before, after, WHOLE, Form::Markdown { limit })
}

/// Only what stands before the diffs, for a terminal.
fn sentences(before: &[(&str, &str)], after: &[(&str, &str)]) -> String {
    let review = review_trees(&tree(before), &tree(after), WHOLE, Form::Plain);
    let end = ["\nadded ", "\nchanged ", "\nremoved "].iter().filter_map(|word| review.find(word)).min();
    let head = end.and_then(|end| review.get(..end)).unwrap_or(&review);
    // Without the headline, and without the name of the first directory.
    head.lines()
        .filter(|line| line.starts_with("- ") || line.ends_with(':') || line.starts_with("No "))
        .flat_map(|line| [line, "\n"])
        .collect()
}
