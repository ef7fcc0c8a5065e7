//! What is printed, and what happens where nobody reads it.

use std::io::Read as _;
use std::process::Stdio;

use crate::{Ran, Workplace};

fn documents(yaml: &str) -> Vec<(String, String)> {
    yaml.split("\n---\n")
        .map(|document| {
            let value = casemate_oracle::parse(document).unwrap_or_else(|error| panic!("{error}:\n{document}"));
            let text = |pointer| value.pointer(pointer).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
            (text("/kind"), text("/metadata/name"))
        })
        .collect()
}

#[test]
fn stdout_gets_all_objects_as_yaml() {
    let place = Workplace::empty("yaml");
    let ran = place.run(&["render", "--stdout"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let documents = documents(&ran.out);
    assert!(documents.len() >= 100, "{documents:?}");
    assert!(documents.iter().all(|(kind, name)| !kind.is_empty() && !name.is_empty()), "{documents:?}");
    assert_eq!(place.state().len(), 1, "nothing is written");
}

#[test]
fn stdout_gets_the_objects_of_one_service() {
    let ran = Workplace::empty("yaml-of-one").run(&["render", "--stdout", "--service", "trips-api"]);
    let documents = documents(&ran.out);
    assert!(documents.contains(&("Deployment".to_owned(), "trips-api".to_owned())), "{documents:?}");
    assert!(!ran.out.contains("name: trips-imgproxy\n"), "{documents:?}");
}

#[test]
fn json_and_yaml_hold_the_same_objects() {
    let place = Workplace::empty("json");
    let ran = place.run(&["render", "--stdout", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    // JSON is YAML.
    let list = casemate_oracle::parse(&ran.out).expect("the list can be read");
    let items = list["items"].as_array().expect("the list has items");
    let yaml = place.run(&["render", "--stdout"]).out;
    let yaml: Vec<_> = yaml.split("\n---\n").map(|text| casemate_oracle::parse(text).expect("it is YAML")).collect();
    assert_eq!(*items, yaml);
    assert_eq!(list["kind"], "List");
}

#[test]
fn summaries_are_json_where_that_is_asked_for() {
    let place = Workplace::empty("json-summary");
    for arguments in
        [&["render", "--format", "json"][..], &["render", "--check", "--format", "json"], &["list", "--format", "json"]]
    {
        let ran = place.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        assert!(casemate_oracle::parse(&ran.out).is_ok(), "{arguments:?}:\n{}", ran.out);
        assert!(ran.out.starts_with(['{', '[']), "{arguments:?}:\n{}", ran.out);
    }
}

const PRINTING: &[&[&str]] = &[
    &["--help"],
    &["--version"],
    &["render", "--help"],
    &["render", "--stdout"],
    &["render", "--stdout", "--format", "json"],
    &["list"],
    &["list", "--format", "json"],
    &["completions", "bash"],
    &["completions", "zsh"],
];

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let place = Workplace::empty("closed-pipe");
    for arguments in PRINTING {
        let mut child = place
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be run");
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().expect("it is piped").read_to_string(&mut err).expect("the program prints UTF-8");
        let code = child.wait().expect("the program ends").code();
        assert!(!err.contains("panicked"), "{arguments:?}:\n{err}");
        assert_eq!(code, Some(0), "{arguments:?}:\n{err}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_behind_stdout_is_an_error_and_no_panic() {
    let place = Workplace::empty("full-disk");
    for arguments in PRINTING {
        let full = std::fs::File::create("/dev/full").expect("Linux has it");
        let output = place.command(arguments).stdout(full).output().expect("the program can be run");
        let ran = Ran::from(output);
        assert!(!ran.err.contains("panicked"), "{arguments:?}:\n{}", ran.err);
        assert_eq!(ran.code, 4, "{arguments:?}:\n{}", ran.err);
    }
}

#[test]
fn nothing_is_coloured_where_no_person_reads() {
    let place = Workplace::empty("colour");
    for arguments in
        [&["render"][..], &["render", "--check"], &["list"], &["--help"], &["redner"], &["render", "--deny-warnings"]]
    {
        let ran = place.run(arguments);
        assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{arguments:?}: {ran:?}");
    }
}
