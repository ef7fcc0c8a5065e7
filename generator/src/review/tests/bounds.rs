//! Whatever stands in two trees: the comment keeps its limit and closes what it opens.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;

use super::markdown;
use crate::review::tree::Tree;
use crate::review::{Form, LEAST_LIMIT, review_trees};

/// Paths that look like ours, and some that do not.
fn path() -> impl Strategy<Value = String> {
    let directory = select(vec![
        "c/services/shop/ledger",
        "c/services/shop/_namespace",
        "c/services/a`b/</summary>",
        "c/argocd",
        "",
    ]);
    let kind = select(vec!["networkpolicy", "deployment", "configmap", "role", "x"]);
    let name = prop_oneof!["[a-z]{1,8}", "[`~<>\\[\\]!*_]{1,12}", "\\PC{1,300}"];
    (directory, kind, name).prop_map(|(directory, kind, name)| {
        let name = name.replace('/', "");
        if directory.is_empty() { format!("{kind}-{name}.yaml") } else { format!("{directory}/{kind}-{name}.yaml") }
    })
}

/// Texts that look like ours, and some that want to break out.
fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("kind: NetworkPolicy".to_owned()),
        Just("spec:".to_owned()),
        Just("  policyTypes: [Ingress]".to_owned()),
        Just("  ingress: [{}]".to_owned()),
        Just("```".to_owned()),
        Just("</details>".to_owned()),
        "`{1,40}",
        "~{3,9}",
        "\\PC{0,200}",
        any::<String>(),
        "[ -~]{600,700}",
    ];
    prop::collection::vec(line, 0..25).prop_map(|lines| lines.join("\n"))
}

fn trees() -> impl Strategy<Value = (Tree, Tree)> {
    let files = prop::collection::vec((path(), text(), text(), 0..4_u8), 0..12);
    files.prop_map(|files| {
        let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
        for (path, old, new, change) in files {
            if change != 1 {
                before.insert(path.clone(), old.clone());
            }
            match change {
                0 => {}
                2 => {
                    after.insert(path, old);
                }
                _ => {
                    after.insert(path, new);
                }
            }
        }
        (Tree { files: before }, Tree { files: after })
    })
}

/// The lines outside of fences; every fence is closed.
fn outside_of_fences(review: &str) -> Vec<&str> {
    let mut open: Option<usize> = None;
    let mut outside = Vec::new();
    for line in review.lines() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let ticks = line.trim_start_matches(' ').bytes().take_while(|byte| *byte == b'`').count();
        let rest = line.trim_start_matches(' ').trim_start_matches('`').trim_end();
        match open {
            Some(fence) if indent <= 3 && ticks >= fence && rest.is_empty() => open = None,
            Some(_) => {}
            None if indent <= 3 && ticks >= 3 && !rest.contains('`') => open = Some(ticks),
            None => outside.push(line),
        }
    }
    assert_eq!(open, None, "a fence stays open: {review}");
    outside
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_comment_keeps_its_limit_and_its_form((before, after) in trees(), limit in prop_oneof![LEAST_LIMIT..8000, LEAST_LIMIT..70_000]) {
        let review = markdown(&before, &after, limit);
        prop_assert!(review.len() <= limit, "{} of {limit}", review.len());
        let outside = outside_of_fences(&review);
        let count = |tag: &str| outside.iter().filter(|line| **line == tag).count();
        prop_assert_eq!(count("<details>"), count("</details>"));
        for line in outside {
            let is_ours = ["", "<details>", "</details>"].contains(&line)
                || ["### What", "**", "- ", "<summary>", "added `", "changed `", "removed `", "No ", "Nothing ", "The last ", "A comment "]
                    .iter()
                    .any(|start| line.starts_with(start));
            prop_assert!(is_ours, "{line}");
        }
    }

    #[test]
    fn the_same_trees_have_the_same_review((before, after) in trees()) {
        let review = || review_trees(&before, &after, "x {}", Form::Plain);
        prop_assert_eq!(review(), review());
    }

    #[test]
    fn a_tree_does_not_differ_from_itself((tree, _) in trees()) {
        prop_assert!(markdown(&tree, &tree, LEAST_LIMIT).contains("Nothing changes in the tree."));
    }
}

#[test]
fn a_command_of_any_length_keeps_the_limit() {
    let files = |text: &str| -> Tree {
        let path = |number: usize| format!("c/services/shop/s{number}/configmap-{}.yaml", "n".repeat(200));
        Tree { files: (0..300).map(|number| (path(number), text.repeat(500))).collect() }
    };
    let whole = format!("{} {{}}", "`".repeat(10_000));
    let review = review_trees(&files("a\n"), &files("b\n"), &whole, Form::Markdown { limit: LEAST_LIMIT });
    assert!(review.len() <= LEAST_LIMIT);
    outside_of_fences(&review);
}
