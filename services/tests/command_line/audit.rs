//! `audit`: what it reads, how it ends, and that it finds nothing in the tree of this repository.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Stdio;

use crate::{Ran, Workplace};

const BAD: &str =
    "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: NodePort, selector: {app: web}}}\n";
const GOOD: &str = "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}}}\n";

/// What the program says about standard input.
fn of_input(place: &Workplace, arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = place.command(arguments);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be run");
    // It may have seen enough before all is written.
    let _ = child.stdin.take().expect("it has an input").write_all(input);
    Ran::from(child.wait_with_output().expect("it ends"))
}

#[test]
fn the_tree_of_this_repository_breaks_no_rule() {
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../out");
    let ran = Workplace::empty("audit-out").run(&["audit", out.to_str().expect("a path of text")]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains(": 0 findings in 0 of "), "{}", ran.out);
    assert!(ran.out.contains(" baseline, 0 neither"), "{}", ran.out);
    assert!(!ran.out.contains(" 0 meet restricted"), "{}", ran.out);
    for unjudged in ["no rule knows it", "a template", "a link", "a patch"] {
        assert!(!ran.out.contains(unjudged), "{}", ran.out);
    }
}

#[test]
fn each_end_has_its_code() {
    let place = Workplace::empty("audit-codes");
    place.write("good.yaml", GOOD);
    place.write("bad.yaml", BAD);
    place.write("broken.yaml", "a: [\n");
    place.write("values.yaml", "replicas: 1\n");
    for (arguments, code, said) in [
        (&["audit", "good.yaml"][..], 0, ""),
        (&["audit", "bad.yaml"], 1, ""),
        (&["audit"], 2, "required arguments were not provided"),
        (&["audit", "good.yaml", "--kubernetes", "1.2"], 2, "write a version such as 1.35"),
        (&["audit", "good.yaml", "--kubernetes", "latest"], 2, "write a version such as 1.35"),
        (&["audit", "missing.yaml"], 4, "missing.yaml: cannot be read"),
        (&["audit", "good.yaml/x"], 4, "good.yaml/x: cannot be read"),
        (&["audit", "broken.yaml"], 4, "broken.yaml:1:4: "),
        (&["audit", "values.yaml"], 4, "nothing was judged"),
        (&["audit", "bad.yaml", "broken.yaml"], 4, "broken.yaml:1:4: "),
    ] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(said), "{arguments:?} does not say {said:?}:\n{}", ran.err);
    }
    let both = place.run(&["audit", "bad.yaml", "broken.yaml"]);
    assert!(both.out.contains("bad.yaml:1:63: Service web"), "the others are judged all the same:\n{}", both.out);
}

#[test]
fn standard_input_is_read_in_each_form() {
    let place = Workplace::empty("audit-input");
    let text = of_input(&place, &["audit", "-"], BAD.as_bytes());
    assert_eq!(text.code, 1, "{text:?}");
    assert!(text.out.starts_with("standard input:1:63: Service web, document 1\n"), "{}", text.out);
    for (format, said) in
        [("json", "\"rule\": \"cluster-ip-services\""), ("sarif", "\"ruleId\": \"cluster-ip-services\"")]
    {
        let ran = of_input(&place, &["audit", "-", "--format", format], BAD.as_bytes());
        assert_eq!((ran.code, ran.err.as_str()), (1, ""));
        assert!(ran.out.starts_with("{\n") && ran.out.ends_with("}\n") && ran.out.contains(said), "{}", ran.out);
    }
    let binary = of_input(&place, &["audit", "-"], b"\xff\xfe\0a");
    assert_eq!((binary.code, binary.err.as_str()), (4, "error: standard input: is no text in UTF-8\n"));
}

#[test]
fn a_file_that_is_too_large_is_refused_with_the_option_that_takes_it() {
    let place = Workplace::empty("audit-large");
    let large = File::create(place.path("large.yaml")).expect("the file can be made");
    large.set_len(100_000_000).expect("the file can be sparse");
    let ran = place.run(&["audit", "."]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.contains("large.yaml: has more than 10 MB; `--max-file-size` takes more"), "{}", ran.err);
    place.write("large.yaml", &format!("{GOOD}#{}\n", "x".repeat(11_000_000)));
    assert_eq!(place.run(&["audit", "."]).code, 4);
    assert_eq!(place.run(&["audit", ".", "--max-file-size", "20"]).code, 0);
}

#[test]
fn a_directory_is_read_in_order_and_what_is_left_out_is_said() {
    let place = Workplace::empty("audit-directory");
    for directory in ["b", "b/.git", "chart/templates"] {
        fs::create_dir_all(place.path(directory)).expect("the directory can be made");
    }
    for file in ["b/z.json", "b/a.yml", "a.yaml", "b/.git/hidden.yaml", "picture.svg"] {
        place.write(file, BAD);
    }
    place.write("chart/Chart.yaml", "apiVersion: v2\nname: chart\n");
    place.write("chart/templates/service.yaml", &BAD.replace("name: web", "name: \"{{ .Values.name }}\""));
    place.write("chart/templates/static.yaml", BAD);
    let ran = place.run(&["audit", "."]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let found: Vec<&str> =
        ran.out.lines().filter_map(|line| line.split_once(":1:63: ")).map(|(file, _)| file).collect();
    assert_eq!(found, ["./a.yaml", "./b/a.yml", "./b/z.json", "./chart/templates/static.yaml"]);
    for said in [
        "1  a template: audit what `helm template` prints (./chart/templates/service.yaml)",
        "1  a directory of another program",
        "1  neither `.yaml`, `.yml` nor `.json`",
        "no object of Kubernetes: 1 document",
    ] {
        assert!(ran.out.contains(said), "it does not say {said:?}:\n{}", ran.out);
    }
}

#[cfg(unix)]
#[test]
fn links_are_named_and_not_followed() {
    let place = Workplace::empty("audit-links");
    let elsewhere = Workplace::empty("audit-links-elsewhere");
    elsewhere.write("bad.yaml", BAD);
    place.write("good.yaml", GOOD);
    std::os::unix::fs::symlink(elsewhere.path(""), place.path("directory")).expect("a link can be made");
    std::os::unix::fs::symlink(elsewhere.path("bad.yaml"), place.path("file.yaml")).expect("a link can be made");
    std::os::unix::fs::symlink(place.path(""), place.path("circle")).expect("a link can be made");
    let ran = place.run(&["audit", "."]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let said = "3  a link, which is not followed (./circle, ./directory, ./file.yaml)";
    assert!(ran.out.contains(said), "{}", ran.out);
    assert_eq!(place.run(&["audit", "file.yaml"]).code, 1, "what somebody names is read");
}

#[test]
fn a_reader_that_has_seen_enough_changes_no_code() {
    let place = Workplace::empty("audit-pipe");
    place.write("bad.yaml", &format!("---\n{BAD}").repeat(5000));
    let mut child = place
        .command(&["audit", "bad.yaml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be run");
    let mut first = [0; 8];
    child.stdout.take().expect("it has an output").read_exact(&mut first).expect("it prints");
    let ran = Ran::from(child.wait_with_output().expect("it ends"));
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
}

#[test]
fn no_colour_where_nobody_sees_it() {
    let place = Workplace::empty("audit-colour");
    place.write("bad.yaml", BAD);
    assert!(!place.run(&["audit", "bad.yaml"]).out.contains('\u{1b}'));
}
