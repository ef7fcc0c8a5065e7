//! Pages of the register: objects come first, and what pages say again is counted.

use super::{markdown, tree};
use crate::review::{COMMENT_LIMIT, Form, review_trees};

const POLICY: &str = "c/services/shop/ledger/configmap-ledger.yaml";
const PAGE: &str = "c/register/README.md";
const OTHER: &str = "c/register/shop.ledger.md";

#[test]
fn what_a_page_says_again_is_counted_and_not_shown() {
    let before = tree(&[(POLICY, "a: 1\n"), (PAGE, "one\n"), ("c/register/.casemate", "1")]);
    let after = tree(&[(POLICY, "a: 2\n"), (PAGE, "two\n"), (OTHER, "new\n"), ("c/register/.casemate", "2")]);
    for review in [markdown(&before, &after, COMMENT_LIMIT), review_trees(&before, &after, "", Form::Plain)] {
        assert!(review.contains("1 object changed in 1 service; 2 pages of the register say so, too."), "{review}");
        assert!(review.contains("a: 2") && !review.contains("two") && !review.contains("new"), "{review}");
    }
}

#[test]
fn pages_that_change_alone_are_shown() {
    let before = tree(&[(POLICY, "a: 1\n"), (PAGE, "one\n"), ("c/register/.casemate", "1")]);
    let after = tree(&[(POLICY, "a: 1\n"), (PAGE, "two\n"), ("c/register/.casemate", "2")]);
    for review in [markdown(&before, &after, COMMENT_LIMIT), review_trees(&before, &after, "", Form::Plain)] {
        assert!(review.contains("1 page changed in 1 directory"), "{review}");
        assert!(review.contains("two"), "{review}");
    }
}

#[test]
fn only_pages_of_the_register_are_pages() {
    for path in ["c/services/shop/register/a.md", "c/register/below/a.md", "register/a.md", "c/register/a.yaml"] {
        let after = tree(&[(POLICY, "a: 1\n"), (path, "seen\n")]);
        let review = markdown(&tree(&[(POLICY, "a: 2\n")]), &after, COMMENT_LIMIT);
        assert!(review.contains("seen"), "{path}: {review}");
    }
}
