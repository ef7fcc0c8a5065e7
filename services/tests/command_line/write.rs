//! `render`: writes what differs, and nothing else.

use std::fs;

use crate::{FILE, Workplace};

#[test]
fn a_second_render_writes_nothing() {
    let place = Workplace::rendered("twice");
    let before = place.state();
    let ran = place.run(&["render"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains(" 0 written, ") && ran.out.contains(" 0 removed"), "{}", ran.out);
    assert_eq!(place.state(), before);
}

#[test]
fn what_is_missing_is_written_again() {
    let place = Workplace::rendered("missing");
    let text = place.read(FILE);
    fs::remove_file(place.path(FILE)).expect("the file can be removed");
    let ran = place.run(&["render"]);
    assert!(ran.out.contains(" 1 written, "), "{}", ran.out);
    assert_eq!(place.read(FILE), text);
}

#[test]
fn the_directories_above_the_tree_are_made() {
    let place = Workplace::empty("deep");
    let ran = place.run(&["render", "--out", "a/b/c"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(place.path("a/b/c/homelab/services").is_dir());
}

#[test]
fn warnings_are_said_and_do_not_stop_it() {
    let ran = Workplace::empty("warnings").run(&["render"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("warning: trips/trips-api: the image "), "{}", ran.err);
    assert!(ran.err.contains("services/src/trips_api.rs:"), "{}", ran.err);
    assert!(ran.out.lines().next().is_some_and(|summary| summary.ends_with(" warnings")), "{}", ran.out);
}

#[test]
fn denied_warnings_exit_with_3_and_nothing_is_written() {
    let place = Workplace::empty("denied");
    for arguments in [
        &["render", "--deny-warnings"][..],
        &["render", "--deny-warnings", "--check"],
        &["render", "--deny-warnings", "--stdout"],
    ] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, 3, "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("--deny-warnings was given; nothing was rendered"), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments:?}");
    }
    assert_eq!(place.state().len(), 1);
}
