//! What belongs to the sources of a program, and how a checkout may differ from them.

#![expect(clippy::expect_used, reason = "a test that cannot begin stops")]

use std::fs;
use std::path::Path;

use casemate_sources::Difference::{Added, Changed, Missing};
use casemate_sources::{Difference, Problem, Sources, root_of};
use tempfile::TempDir;

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("it lies in a directory")).expect("the directory can be made");
    fs::write(path, text).expect("the file can be written");
}

/// A workspace with two packages, a rendered tree, and what lies in a repository besides.
fn workspace() -> TempDir {
    let root = tempfile::tempdir().expect("a directory can be made");
    for (path, text) in [
        ("Cargo.lock", "version = 4\n"),
        ("Cargo.toml", "[workspace]\nmembers = [\"services\", \"crates/words\"]\n"),
        ("rust-toolchain.toml", "[toolchain]\nchannel = \"1.95.0\"\n"),
        ("services/Cargo.toml", "[package]\nname = \"services\"\n"),
        ("services/src/main.rs", "const A: &str = include_str!(\"../config/a.conf\");\n"),
        ("services/config/a.conf", "a\n"),
        ("crates/words/Cargo.toml", "[package]\nname = \"words\"\n"),
        ("crates/words/src/lib.rs", "const B: &str = include_str!(\"../../../shared/b.conf\");\n"),
        ("shared/b.conf", "b\n"),
        ("shared/other.conf", "other\n"),
        ("README.md", "read me\n"),
        ("out/lab/services/a/a/service-a.yaml", "kind: Service\n"),
    ] {
        write(root.path(), path, text);
    }
    root
}

const PACKAGES: [&str; 2] = ["services", "crates/words"];

fn read(root: &Path) -> Result<Sources, Vec<Problem>> {
    Sources::read(root, PACKAGES.map(str::to_owned))
}

fn sources(root: &Path) -> Sources {
    read(root).expect("the sources can be read")
}

/// What the program of a workspace that nobody touched says of this one.
fn differences(root: &Path) -> Vec<Difference> {
    sources(workspace().path()).differences(root).expect("the checkout can be read")
}

fn problem(root: &Path) -> String {
    let problems = read(root).expect_err("it is refused");
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems[0].to_string()
}

#[test]
fn the_same_sources_are_the_same_wherever_they_lie() {
    assert_eq!(differences(workspace().path()), []);
    let expected = [
        "Cargo.lock",
        "Cargo.toml",
        "crates/words/Cargo.toml",
        "crates/words/src/lib.rs",
        "rust-toolchain.toml",
        "services/Cargo.toml",
        "services/config/a.conf",
        "services/src/main.rs",
        "shared/b.conf",
    ];
    assert_eq!(sources(workspace().path()).paths().collect::<Vec<_>>(), expected);
}

#[test]
fn a_changed_source_is_named() {
    for path in sources(workspace().path()).paths() {
        let root = workspace();
        let text = fs::read_to_string(root.path().join(path)).expect("the file can be read");
        write(root.path(), path, &format!("{text}\n"));
        assert_eq!(differences(root.path()), [Changed(path.to_owned())]);
    }
}

#[test]
fn an_added_source_is_named_whatever_it_is() {
    for path in [
        ".cargo/config",
        ".cargo/config.toml",
        "rust-toolchain",
        "crates/.cargo/config.toml",
        "crates/rust-toolchain",
        "services/.cargo/config.toml",
        "services/build.rs",
        "services/src/added.rs",
        "services/.hidden",
        "services/target/added.rs",
        "services/node_modules/added.js",
        "crates/words/tests/added.rs",
    ] {
        let root = workspace();
        write(root.path(), path, "");
        assert_eq!(differences(root.path()), [Added(path.to_owned())]);
    }
}

#[test]
fn a_removed_source_is_missing_and_a_renamed_one_is_two() {
    for path in sources(workspace().path()).paths() {
        let root = workspace();
        fs::remove_file(root.path().join(path)).expect("the file can be removed");
        let mut differences = differences(root.path());
        // Who does not read it any more does not ask for what it reads.
        differences.retain(|difference| *difference != Missing("shared/b.conf".to_owned()));
        let expected = [Missing(path.to_owned())];
        assert_eq!(differences, if path == "shared/b.conf" { &expected[..0] } else { &expected });
    }
    let root = workspace();
    let path = |name: &str| root.path().join("services/config").join(name);
    fs::rename(path("a.conf"), path("b.conf")).expect("the file can be moved");
    let [added, missing] = ["b", "a"].map(|name| format!("services/config/{name}.conf"));
    assert_eq!(differences(root.path()), [Missing(missing), Added(added)]);
}

#[test]
fn a_package_that_is_not_there_is_missing_whole() {
    let root = workspace();
    fs::remove_dir_all(root.path().join("services")).expect("the directory can be removed");
    let expected = ["Cargo.toml", "config/a.conf", "src/main.rs"].map(|name| Missing(format!("services/{name}")));
    assert_eq!(differences(root.path()), expected);
    // Of what was sent alone nothing is left to compare.
    let all: Vec<_> = sources(workspace().path()).paths().map(|path| Missing(path.to_owned())).collect();
    assert_eq!(differences(tempfile::tempdir().expect("a directory can be made").path()), all);
}

#[test]
fn what_is_rendered_built_and_read_by_people_is_no_source() {
    for path in [
        "out/lab/services/a/a/service-a.yaml",
        "target/debug/x",
        "README.md",
        ".git/HEAD",
        "shared/other.conf",
        "docs/Cargo.toml",
    ] {
        let root = workspace();
        write(root.path(), path, "other\n");
        assert_eq!(differences(root.path()), [], "{path}");
    }
}

#[test]
fn code_that_lies_elsewhere_is_asked_what_it_reads() {
    let root = workspace();
    write(root.path(), "services/src/main.rs", "#[path = \"../../shared/code.rs\"]\nmod code;\n");
    write(root.path(), "shared/code.rs", "const C: &[u8] = include_bytes!(\"c.bin\");\n");
    write(root.path(), "shared/c.bin", "c\n");
    let before = sources(root.path());
    assert!(before.paths().any(|path| path == "shared/code.rs"));
    write(root.path(), "shared/c.bin", "d\n");
    assert_eq!(before.differences(root.path()), Ok(vec![Changed("shared/c.bin".to_owned())]));
}

#[test]
fn a_file_that_nobody_can_name_or_that_is_elsewhere_is_refused() {
    for (text, what) in [
        (
            "include_str!(\"../../../b.conf\")",
            "it reads `../../../b.conf`, which is not in the workspace: move that into it",
        ),
        ("\ninclude_str!(PATH)", "line 2 reads a file whose path only the compiler knows"),
    ] {
        let root = workspace();
        write(root.path(), "services/src/main.rs", text);
        let problem = problem(root.path());
        assert!(problem.starts_with(&format!("services/src/main.rs: {what}")), "{problem}");
        // No program is built from it.
        let root = workspace();
        write(root.path(), "services/tests/main.rs", text);
        assert!(read(root.path()).is_ok());
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_what_it_leads_to_and_none_leads_out() {
    use std::os::unix::fs::symlink;

    let root = workspace();
    symlink("../../shared/other.conf", root.path().join("services/config/link.conf")).expect("the link can be made");
    let linked = sources(root.path());
    write(root.path(), "shared/other.conf", "edited\n");
    assert_eq!(linked.differences(root.path()), Ok(vec![Changed("services/config/link.conf".to_owned())]));

    for (to, what) in [
        ("/etc/hostname", "is a symbolic link out of the checkout"),
        ("../../..", "is a symbolic link out of the checkout"),
        ("nowhere", "is a symbolic link to nothing"),
        ("../src", "is a symbolic link to no file"),
    ] {
        let root = workspace();
        symlink(to, root.path().join("services/config/link.conf")).expect("the link can be made");
        let problem = problem(root.path());
        assert!(problem.starts_with(&format!("services/config/link.conf: {what}")), "{problem}");
    }

    // A directory of which the rest of the path is true elsewhere.
    for (directory, at) in [("services", "services"), ("crates", "crates/words")] {
        let root = workspace();
        let elsewhere = tempfile::tempdir().expect("a directory can be made");
        fs::rename(root.path().join(directory), elsewhere.path().join("moved")).expect("the directory can be moved");
        symlink(elsewhere.path().join("moved"), root.path().join(directory)).expect("the link can be made");
        let problem = problem(root.path());
        assert!(problem.starts_with(&format!("{at}: lies behind a symbolic link")), "{problem}");
    }
    let root = workspace();
    fs::remove_dir_all(root.path().join("shared")).expect("the directory can be removed");
    let elsewhere = tempfile::tempdir().expect("a directory can be made");
    write(elsewhere.path(), "b.conf", "b\n");
    symlink(elsewhere.path(), root.path().join("shared")).expect("the link can be made");
    assert!(problem(root.path()).starts_with("shared/b.conf: is a symbolic link out of the checkout"));
}

#[test]
fn code_that_nobody_writes_is_not_taken_apart() {
    let root = workspace();
    let text = "include_str!(".repeat(200_000);
    write(root.path(), "services/config/long.txt", &text);
    assert!(read(root.path()).is_ok());
    write(root.path(), "services/src/long.rs", &text);
    assert!(problem(root.path()).starts_with("services/src/long.rs: is longer than 2 MiB"));
}

#[cfg(unix)]
#[test]
fn names_are_texts_of_one_line() {
    let root = workspace();
    write(root.path(), "services/src/two\nlines.rs", "");
    assert_eq!(problem(root.path()), "services/src/two\\nlines.rs: its name is no text of one line: rename it");
}

#[test]
fn the_text_is_read_back_and_no_other_one_is() {
    let root = workspace();
    let sources = sources(root.path());
    let text = sources.to_string();
    assert_eq!(Sources::parse(&text), Ok(sources));
    assert_eq!(Sources::parse("# unknown: move it\n"), Err("move it".to_owned()));
    let (head, _) = text.split_once('\n').expect("it has lines");
    for garbled in
        ["", "a", head, &format!("{head}\n# package a\n"), &text.replace("  ", " "), &text.replacen('1', "2", 1)]
    {
        let said = Sources::parse(garbled).expect_err("it is none of ours");
        assert!(said.starts_with("build the program again"), "{said}");
    }
}

#[test]
fn the_root_is_the_nearest_directory_with_a_lock() {
    let root = workspace();
    let deep = root.path().join("out/lab/services/a/a");
    assert_eq!(root_of(&deep), Some(root.path()));
    assert_eq!(root_of(root.path()), Some(root.path()));
    assert_eq!(root_of(Path::new("/")), None);
    let said = read(&root.path().join("nowhere")).expect_err("nothing is there");
    assert!(said[0].is_io(), "{said:?}");
}
