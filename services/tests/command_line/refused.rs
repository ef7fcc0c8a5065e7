//! What `render` does not touch: then it names it, exits with 4, and writes nothing.

use std::fs;

use crate::{FILE, Ran, Workplace};

/// Runs `render` where it refuses, with something else to write: of which nothing is written.
fn refused(place: &Workplace, arguments: &[&str]) -> Ran {
    let other = FILE.replace("trips-nginx", "trips-api");
    fs::remove_file(place.path(&other)).expect("the file can be removed");
    let before = place.state();
    let ran = place.run(&[&["render"], arguments].concat());
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.contains("; nothing was written"), "{}", ran.err);
    assert!(place.state() == before, "nothing is written");
    ran
}

#[test]
fn an_edited_file_is_refused_by_name() {
    let place = Workplace::rendered("edited");
    place.append(FILE, "# edited\n");
    let ran = refused(&place, &[]);
    assert!(ran.err.contains(&format!("error: {FILE}: edited by hand: ")), "{}", ran.err);
}

#[test]
fn an_edited_file_is_replaced_where_that_is_forced() {
    let place = Workplace::rendered("forced");
    let text = place.read(FILE);
    place.append(FILE, "# edited\n");
    let ran = place.run(&["render", "--force"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(place.read(FILE), text);
}

#[test]
fn a_foreign_file_is_refused_by_name_even_where_edits_are_forced_away() {
    let place = Workplace::rendered("foreign");
    let foreign = FILE.replace("service-", "secret-");
    place.write(&foreign, "kind: Secret\n");
    let ran = refused(&place, &["--force"]);
    assert!(ran.err.contains(&format!("error: {foreign}: not rendered, ")), "{}", ran.err);
}

#[test]
fn a_file_that_argo_cd_does_not_read_is_left_alone() {
    let place = Workplace::rendered("readme");
    let readme = "out/homelab/services/trips/trips-nginx/README.md";
    place.write(readme, "by hand\n");
    assert_eq!(place.run(&["render"]).code, 0);
    assert_eq!(place.read(readme), "by hand\n");
}

#[test]
fn a_file_in_the_place_of_the_tree_is_refused() {
    let place = Workplace::empty("file");
    place.write("out", "a file\n");
    for arguments in [&["render"][..], &["render", "--check"], &["render", "--force"]] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, 4, "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("move away the file that stands where a directory is needed"), "{}", ran.err);
        assert_eq!(place.read("out"), "a file\n", "{arguments:?}");
    }
}

#[test]
#[cfg(unix)]
fn a_symbolic_link_is_refused_by_name_and_never_followed() {
    let place = Workplace::rendered("symlink");
    place.write("precious", "by hand\n");
    fs::remove_file(place.path(FILE)).expect("the file can be removed");
    std::os::unix::fs::symlink(place.path("precious"), place.path(FILE)).expect("links can be made");
    let ran = refused(&place, &["--force"]);
    assert!(ran.err.contains(&format!("error: {FILE}: a symbolic link, ")), "{}", ran.err);
    assert_eq!(place.read("precious"), "by hand\n");
}
