//! Every refusal is one compile error in our words, at the user's line; `README.md` tells the scheme.
//!
//! This binary holds compile-fail cases only: then trybuild runs `cargo check`, and what it sees, an editor sees.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise, in its helpers, too")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// What a refused file bears at the line of its mistake.
const MARK: &str = "// refused";

/// What can never be said in the service tier, as the design lists it.
const NEVER: &[&str] = &[
    "root or uid 0",
    "a writable root file system",
    "added capabilities",
    "privileged",
    "host namespaces",
    "hostPath",
    "hostPort",
    "Unconfined seccomp",
    "procMount",
    "an image without tag and digest",
    "a container without requests and memory limit",
    "a container that serves without readiness",
    "NodePort",
    "LoadBalancer",
    "externalIPs",
    "ExternalName",
    "a Service without selector",
    "Ingress",
    "a tunnel rule without Access, unless public for a reason",
    "a catch-all that is not 404",
    "noTLSVerify",
    "a literal credential",
    "a Secret's content",
    "an optional secret",
    "the default ServiceAccount",
    "a mounted token without a declared API need",
    "RBAC wildcards",
    "escalate, bind, impersonate",
    "exec",
    "reading Secrets through the API",
    "an unmeshed service",
    "skip-*",
    "a config.linkerd.io key that we do not write ourselves",
    "all-unauthenticated",
    "a namespace below restricted",
    "an Argo CD Application in project default",
    "* in an AppProject",
    "allowEmpty",
];

#[test]
fn whatever_can_never_be_said_is_tried() {
    let table = fs::read_to_string(path("README.md")).unwrap();
    let (_, table) = table.split_once("## Never expressible").unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let rows = rows.filter(|(never, _)| *never != "never").collect::<Vec<_>>();
    assert_eq!(rows.iter().map(|(never, _)| *never).collect::<Vec<_>>(), NEVER);
    let refused = files("refused", "rs");
    let mut tried_anywhere = BTreeSet::new();
    for (never, tried) in rows {
        let cases = tried.split(", ").map(|name| name.trim_matches('`').to_owned()).collect::<BTreeSet<_>>();
        assert!(!cases.is_empty() && cases.is_subset(&refused), "{never}: {cases:?}");
        tried_anywhere.extend(cases);
    }
    let unlisted = refused.iter().filter(|name| name.starts_with("never_") && !tried_anywhere.contains(*name));
    assert_eq!(unlisted.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn every_refusal_is_one_error_in_our_words() {
    trybuild::TestCases::new().compile_fail("tests/refused/*.rs");
}

#[test]
fn every_refused_file_has_a_twin() {
    let (refused, accepted) = (files("refused", "rs"), files("accepted", "rs"));
    let alone = refused.symmetric_difference(&accepted).collect::<Vec<_>>();
    assert!(alone.is_empty(), "without a twin: {alone:?}");
}

#[test]
fn every_refused_file_has_its_message() {
    let (refused, messages) = (files("refused", "rs"), files("refused", "stderr"));
    let alone = refused.symmetric_difference(&messages).collect::<Vec<_>>();
    assert!(alone.is_empty(), "without a message, or a message without a file: {alone:?}");
}

#[test]
fn twins_differ_in_the_mistake_alone() {
    for name in files("refused", "rs") {
        let refused = read("refused", &name, "rs");
        let accepted = read("accepted", &name, "rs");
        let (only_refused, only_accepted) = differences(&refused, &accepted);
        assert!(only_refused.iter().any(|line| line.ends_with(MARK)), "{name}: the marked line is in the twin, too");
        assert!(only_refused.len() <= 3 && only_accepted.len() <= 3, "{name}: {only_refused:#?} {only_accepted:#?}");
    }
}

#[test]
fn every_file_begins_with_its_rule_and_the_source_of_it() {
    for name in files("refused", "rs") {
        let text = read("refused", &name, "rs");
        let header = text.lines().next().unwrap_or_default();
        assert!(header.starts_with("// ") && header.contains(" (") && header.ends_with(")."), "{name}: {header}");
    }
}

#[test]
fn every_message_is_one_error_at_the_line_of_the_mistake() {
    for name in files("refused", "rs") {
        let message = read("refused", &name, "stderr");
        let headlines = message.lines().filter(|line| line.starts_with("error") || line.starts_with("warning"));
        assert_eq!(headlines.count(), 1, "{name}: more than one error, or a warning beside it:\n{message}");

        let text = read("refused", &name, "rs");
        let marked = text.lines().enumerate().filter(|(_, line)| line.ends_with(MARK)).collect::<Vec<_>>();
        let [(index, _)] = marked[..] else { panic!("{name}: one line is marked with `{MARK}`") };
        let place = message.lines().find_map(|line| line.trim_start().strip_prefix("--> ")).unwrap_or_default();
        let wanted = format!("tests/refused/{name}.rs:{}:", index + 1);
        assert!(place.starts_with(&wanted), "{name}: the error is said at {place}, not at {wanted}");
    }
}

/// The names of the files in `tests/<folder>` with this extension.
fn files(folder: &str, extension: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(path(folder)).unwrap().map(|entry| entry.unwrap().path());
    let wanted = entries.filter(|path| path.extension().is_some_and(|found| found == extension));
    wanted.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

fn read(folder: &str, name: &str, extension: &str) -> String {
    fs::read_to_string(path(folder).join(format!("{name}.{extension}"))).unwrap()
}

fn path(folder: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder)
}

/// What stands in one text and not in the other, in order: all but their longest common subsequence of lines.
fn differences<'a>(left: &'a str, right: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let (left, right) = (left.lines().collect::<Vec<_>>(), right.lines().collect::<Vec<_>>());
    let mut common = vec![vec![0; right.len() + 1]; left.len() + 1];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            common[i][j] = if left[i] == right[j] {
                common[i + 1][j + 1] + 1
            } else {
                usize::max(common[i + 1][j], common[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let (mut only_left, mut only_right) = (Vec::new(), Vec::new());
    while i < left.len() && j < right.len() {
        if left[i] == right[j] {
            (i, j) = (i + 1, j + 1);
        } else if common[i + 1][j] >= common[i][j + 1] {
            only_left.push(left[i]);
            i += 1;
        } else {
            only_right.push(right[j]);
            j += 1;
        }
    }
    only_left.extend(&left[i..]);
    only_right.extend(&right[j..]);
    (only_left, only_right)
}
