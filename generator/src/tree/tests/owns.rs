//! Only what is recorded is removed.

use std::fs;

use super::ground::{API, Ground, desired, file, nothing, service};
use crate::tree::Difference;

const DEPLOYMENT: &str = "lab/services/trips/api/deployment-api.yaml";
const MANIFEST: &str = "lab/services/trips/api/.casemate";

#[test]
fn a_directory_that_is_no_longer_declared_is_removed_with_the_empty_ones_above() {
    let ground = Ground::with(&service("a", "b"));
    ground.put("lab/services/keep/note", "by hand");
    assert_eq!(ground.write(&nothing()).unwrap().removed, 2);
    assert!(!ground.has("lab/services/trips"));
    assert!(ground.has("lab/services/keep/note"));
    fs::remove_dir_all(ground.path("lab/services/keep")).unwrap();
    ground.write(&service("a", "b")).unwrap();
    ground.write(&nothing()).unwrap();
    assert!(ground.target().exists() && !ground.has("lab"));
}

#[test]
fn directories_without_a_manifest_are_never_touched() {
    let ground = Ground::with(&service("a", "b"));
    ground.put("lab/services/other/x/deployment.yaml", "by hand");
    ground.put("lab/notes.yaml", "by hand");
    ground.put("other-cluster/services/x/.casemate", "not this cluster");
    ground.write(&nothing()).unwrap();
    assert_eq!(ground.read("lab/services/other/x/deployment.yaml"), "by hand");
    assert_eq!(ground.files().len(), 3);
}

#[test]
fn files_that_argo_cd_does_not_read_stay_and_keep_their_directory() {
    let ground = Ground::with(&service("a", "b"));
    ground.put("lab/services/trips/api/README.md", "by hand");
    assert!(ground.compare(&service("a", "b")).findings.is_empty());
    ground.write(&nothing()).unwrap();
    assert_eq!(ground.files().len(), 1);
    assert!(ground.compare(&nothing()).findings.is_empty());
}

#[test]
fn an_edit_that_was_declared_meanwhile_is_no_edit() {
    let ground = Ground::with(&service("a", "b"));
    ground.put(DEPLOYMENT, "c");
    assert_eq!(ground.differences(&service("c", "b")), [(MANIFEST.to_owned(), Difference::Ownership)]);
    assert_eq!(ground.write(&service("c", "b")).unwrap().unchanged, 2);
    assert_eq!(ground.files(), Ground::with(&service("c", "b")).files());
}

#[test]
fn files_that_are_as_declared_are_taken_over_without_a_manifest() {
    let ground = Ground::with(&service("a", "b"));
    fs::remove_file(ground.path(MANIFEST)).unwrap();
    assert_eq!(ground.differences(&service("a", "b")), [(MANIFEST.to_owned(), Difference::Ownership)]);
    ground.write(&service("a", "b")).unwrap();
    assert!(ground.compare(&service("a", "b")).findings.is_empty());
}

#[test]
fn force_discards_edits_and_removes_edited_files_that_are_no_longer_declared() {
    let ground = Ground::with(&service("a", "b"));
    ground.put(DEPLOYMENT, "by hand");
    assert_eq!(ground.force(&service("a", "b")).unwrap().written, 1);
    assert_eq!(ground.read(DEPLOYMENT), "a");
    ground.put(DEPLOYMENT, "by hand");
    assert_eq!(ground.force(&nothing()).unwrap().removed, 2);
    assert!(ground.files().is_empty());
}

#[test]
fn force_replaces_a_file_that_stands_where_a_rendered_one_belongs() {
    let ground = Ground::new();
    ground.put(DEPLOYMENT, "by hand");
    assert_eq!(ground.refusals(&service("a", "b")), [(DEPLOYMENT.to_owned(), Difference::Unowned)]);
    ground.force(&service("a", "b")).unwrap();
    assert_eq!(ground.read(DEPLOYMENT), "a");
}

#[test]
fn a_file_that_was_removed_by_hand_is_written_again_or_forgotten() {
    let ground = Ground::with(&service("a", "b"));
    fs::remove_file(ground.path(DEPLOYMENT)).unwrap();
    assert_eq!(ground.write(&service("a", "b")).unwrap().written, 1);
    fs::remove_file(ground.path(DEPLOYMENT)).unwrap();
    let without = desired(vec![(API, vec![file("service-api.yaml", "b")])]);
    assert_eq!(ground.write(&without).unwrap().removed, 0);
    assert_eq!(ground.files(), Ground::with(&without).files());
}

#[test]
fn a_file_whose_bytes_a_power_loss_took_is_written_again() {
    for lost in ["", "\0\0\0\0"] {
        let ground = Ground::with(&service("a", "b"));
        ground.put(DEPLOYMENT, lost);
        ground.put(MANIFEST, lost);
        ground.write(&service("c", "b")).unwrap();
        assert_eq!(ground.files(), Ground::with(&service("c", "b")).files());
    }
}

#[test]
fn a_manifest_that_kept_both_sides_of_a_merge_is_settled_by_the_next_run() {
    let ground = Ground::with(&service("ours", "b"));
    let ours = ground.read(MANIFEST);
    let theirs = Ground::with(&service("theirs", "b")).read(MANIFEST);
    let line = theirs.lines().find(|line| line.ends_with("deployment-api.yaml")).unwrap();
    ground.put(MANIFEST, &format!("{ours}{line}\n"));
    ground.put(DEPLOYMENT, "theirs");
    ground.write(&service("merged", "b")).unwrap();
    assert_eq!(ground.files(), Ground::with(&service("merged", "b")).files());
}
