//! What is meant to break readers: an error, bounded memory, never a panic.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

fn why(text: &str) -> String {
    let audited = audited(text);
    assert!(audited.objects.is_empty(), "{text:.100}");
    let [problem] = &audited.problems[..] else { panic!("{:?}", audited.problems) };
    problem.why.clone()
}

#[test]
fn aliases_cannot_multiply_without_end() {
    let mut bomb = "apiVersion: v1\nkind: ConfigMap\na0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..40 {
        let alias = format!("*a{}", level - 1);
        let _ = writeln!(bomb, "a{level}: &a{level} [{}]", [alias.as_str(); 9].join(", "));
    }
    assert!(why(&bomb).contains("more than 500000 values"));
    let merges: String =
        bomb.replace("[x, x, x, x, x, x, x, x, x]", "{x: y}").replace("[*", "{<<: [*").replace("]\n", "]}\n");
    assert!(audited(&merges).objects.len() == 1, "what is merged again is the same again");
}

#[test]
fn an_alias_within_itself_is_refused() {
    assert_eq!(why("a: &a [*a]"), "an alias stands within what it repeats");
    assert_eq!(why("a: &a {b: {<<: *a}}"), "an alias stands within what it repeats");
    assert!(why("a: *nothing").contains("anchor"));
}

#[test]
fn aliases_cannot_nest_deeper_than_text() {
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..1000 {
        let _ = writeln!(text, "a{level}: &a{level} [*a{}]", level - 1);
    }
    assert_eq!(why(&text), "it is nested deeper than 128 levels");
}

#[test]
fn depth_has_an_end() {
    for bracket in ["[", "{a: ", "- ", "? "] {
        let audited = audited(&bracket.repeat(100_000));
        assert_eq!(audited.problems.len(), 1, "{bracket}");
    }
    let mut block = String::new();
    for level in 0..500 {
        let _ = writeln!(block, "{:level$}a:", "");
    }
    assert_eq!(audited(&block).problems.len(), 1);
}

#[test]
fn values_have_an_end() {
    assert!(why(&"- a\n".repeat(600_000)).contains("more than 500000 values"));
}

#[test]
fn findings_have_an_end_and_all_are_counted() {
    let text = format!("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n{}", "  - {}\n".repeat(10_000));
    let audited = audited(&text);
    let [object] = &audited.objects[..] else { panic!("one object") };
    assert_eq!(object.findings.len(), 500);
    assert_eq!(audited.problems[0].why, "the pod has more than 1000 containers, and no more were judged");
    let mut tally = Tally::default();
    tally.add(&audited);
    assert!(tally.total() > 9_000, "{}", tally.total());
    assert_eq!(tally.total(), 500 + object.unlisted.values().sum::<usize>());
    assert!(text::file(&audited, false).len() < 500_000);
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    assert_eq!(why("apiVersion: v1\nkind: Pod\nkind: Thing\n"), "the key `kind` stands twice, first in line 2");
    assert!(why("{true: a, yes: b}").contains("`true` stands twice"), "they are one key to Kubernetes' readers");
}

#[test]
fn keys_are_texts_or_numbers() {
    for text in ["? [a]\n: b", "? {a: b}\n: c", "~: a"] {
        assert_eq!(why(text), "a key is neither text nor a number");
    }
    assert_eq!(audited("1: a\ntrue: b\n0.5: c\n").foreign, 1);
}

#[test]
fn merge_keys_mean_what_they_mean_to_kubernetes() {
    let text = "
apiVersion: v1
kind: Service
metadata: {name: web}
base: &base {type: NodePort, selector: {app: web}}
spec:
  <<: *base
";
    assert_eq!(findings(text)[0].rule, Rule::ClusterIpServices);
    assert_eq!(findings(text)[0].line, 7, "where it is merged");
    assert_eq!(findings(&text.replace("<<: *base", "<<: *base\n  type: ClusterIP")), []);
    assert_eq!(findings(&text.replace("<<: *base", "<<: [{type: ClusterIP}, *base]")), []);
    assert!(why(&text.replace("<<: *base", "<<: a")).contains("`<<` takes a mapping"));
}

#[test]
fn tags_hide_nothing() {
    let text = GOOD.replace("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: !!str true");
    assert_eq!(findings(&text).len(), 1);
    let text = GOOD.replace("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: !!bool \"true\"");
    assert_eq!(findings(&text), []);
    assert_eq!(why("a: !!int b"), "a tag and its value do not fit");
    let text = GOOD.replace("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: !Sub true");
    assert_eq!(findings(&text).len(), 1, "text to Kubernetes' readers");
}

#[test]
fn a_broken_document_does_not_hide_the_others() {
    let text = "kind: [\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: a}}\n---\na: 1\na: 2\nb: 3\n---\n\
                {apiVersion: v1, kind: Namespace, metadata: {name: b}}\n";
    let audited = audited(text);
    let names: Vec<&str> = audited.objects.iter().filter_map(|object| object.identity.name.as_deref()).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(audited.problems.len(), 2, "{:?}", audited.problems);
    assert_eq!(audited.problems[1].place, Some((6, 1)));
}

#[test]
fn broken_documents_have_an_end() {
    let audited = audited(&"a: [\n---\n".repeat(1000));
    assert_eq!(audited.problems.len(), 20);
    assert!(audited.problems[19].why.ends_with("the rest of the file was not read, after 20 broken documents"));
}

#[test]
fn what_is_of_another_kind_than_it_should_be_is_said() {
    for (good, bad) in [
        ("      containers:", "      containers: web\n      ignored:"),
        ("drop: [ALL]", "drop: ALL"),
        ("        env:", "        env: A=b\n        ignored:"),
        ("args: [--config, /etc/web.yaml]", "args: --config"),
        ("      volumes:", "      volumes: {}\n      ignored:"),
        ("      - name: tmp", "      - tmp\n      - name: tmp"),
    ] {
        let audited = audited(&GOOD.replacen(good, bad, 1));
        assert_eq!(audited.problems.len(), 1, "{bad}");
        assert!(audited.problems[0].why.contains("the API server does not take it"), "{:?}", audited.problems);
    }
}

#[test]
fn nothing_in_a_name_is_invisible() {
    let text = "{apiVersion: v1, kind: Namespace, metadata: {name: \"a\\e[31m\\u202eb\\nc\", namespace: \"\\a\"}}\n---\n\
                {apiVersion: x/v1, kind: \"T\\e\", a: b}\n---\n{apiVersion: v1, kind: Secret, data: {\"k\\e[0m\": v}}\n---\n\"\\e\": 1\n\"\\e\": 2\n";
    let audited = judge_text(PathBuf::from("a\u{1b}[2J\u{202e}.yaml"), text, OPTIONS);
    let mut collected = Collected::default();
    let mut tally = Tally::default();
    collected.add(&audited);
    tally.add(&audited);
    let mut said = vec![
        text::file(&audited, false),
        text::summary(&tally, OPTIONS.standard),
        json::write(&collected, &tally, OPTIONS.standard),
        sarif::write(&collected, &tally, OPTIONS.standard, None),
    ];
    said.extend(audited.problems.iter().map(|problem| problem.said_of(&audited.name)));
    assert!(said[0].contains("a\\u{1b}[31m\\u{202e}b\\u{a}c"), "{}", said[0]);
    for text in said {
        let invisible = text.chars().find(|c| *c != '\n' && (c.is_control() || *c == '\u{202e}'));
        assert_eq!(invisible, None, "{text}");
    }
}

/// Whatever it is, it ends, and each of its forms can be written.
fn survives(text: &str) {
    let audited = audited(text);
    let mut collected = Collected::default();
    let mut tally = Tally::default();
    collected.add(&audited);
    tally.add(&audited);
    let json = json::write(&collected, &tally, OPTIONS.standard);
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
    let sarif = sarif::write(&collected, &tally, OPTIONS.standard, None);
    assert!(serde_json::from_str::<serde_json::Value>(&sarif).is_ok());
    let _ = text::summary(&tally, OPTIONS.standard) + &text::file(&audited, true);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn yaml_like_text_never_panics(text in "([\\[\\]{}:,&*!|>?#%@`'\"~<\\-a-c0-2 \n\t.=+]|<<: |\\*a |&a |--- ?\n|\\.\\.\\.\n|- |: ){0,60}") {
        survives(&text);
    }

    #[test]
    fn mutated_objects_never_panic(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4),
        word in "[\\[\\]{}:&*!|>?'\"~\n -]{0,4}|null|\\[\\]|\\{\\}|yes|-1|1e9|<<: \\*a",
    ) {
        let mut text = GOOD.to_owned();
        for (from, to) in cuts {
            let (from, to) = (from.index(text.len()), to.index(text.len()));
            // Mostly small ones, so that an object is left.
            let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 12));
            if text.is_char_boundary(from) && text.is_char_boundary(to) {
                text.replace_range(from..to, &word);
            }
        }
        survives(&text);
    }
}
