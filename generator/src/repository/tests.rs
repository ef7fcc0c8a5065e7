//! Files are changed all or none, and a catalogue only where it looks like the template's.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::catalogue;
use super::change::{Change, apply};
use super::template::{CRON_JOB, DAEMON_SET, DEPLOYMENT, JOB, REPOSITORY, STATEFUL_SET, Values, file, fill};

fn new(path: PathBuf) -> Change {
    Change { path, before: None, after: "new\n".to_owned() }
}

fn edit(path: PathBuf, before: &str) -> Change {
    Change { path, before: Some(before.to_owned()), after: "edited\n".to_owned() }
}

/// Every file and directory below `root`, directories without a text.
fn state(root: &Path) -> BTreeMap<PathBuf, Option<String>> {
    let mut state = BTreeMap::new();
    let mut left = vec![root.to_owned()];
    while let Some(path) = left.pop() {
        let text = path.is_file().then(|| fs::read_to_string(&path).unwrap());
        if path.is_dir() {
            left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
        state.insert(path, text);
    }
    state
}

/// A directory with `lib.rs`, which holds `old`.
fn repository() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("lib.rs"), "old\n").unwrap();
    root
}

#[test]
fn all_changes_are_made_and_nothing_is_left_beside_them() {
    let root = repository();
    let path = |name| root.path().join(name);
    apply(&[new(path("a/b/new.rs")), edit(path("lib.rs"), "old\n")]).unwrap();
    let texts: Vec<_> = state(root.path()).into_values().flatten().collect();
    assert_eq!(texts, ["new\n", "edited\n"]);
}

#[test]
fn a_file_that_was_changed_meanwhile_undoes_the_others() {
    let root = repository();
    let path = |name| root.path().join(name);
    fs::write(path("other.rs"), "other\n").unwrap();
    let before = state(root.path());
    let changes = [new(path("a/b/new.rs")), edit(path("other.rs"), "other\n"), edit(path("lib.rs"), "older\n")];
    assert!(apply(&changes).is_err());
    assert_eq!(state(root.path()), before);
}

#[test]
fn a_file_that_is_there_is_not_overwritten_and_undoes_the_others() {
    let root = repository();
    let path = |name| root.path().join(name);
    let before = state(root.path());
    assert!(apply(&[new(path("new.rs")), new(path("lib.rs"))]).is_err());
    assert_eq!(state(root.path()), before);
}

#[test]
fn a_file_that_cannot_be_written_leaves_the_others_as_they_were() {
    let root = repository();
    let path = |name| root.path().join(name);
    let before = state(root.path());
    // Where a file is, no directory can be made.
    assert!(apply(&[edit(path("lib.rs"), "old\n"), new(path("lib.rs/new.rs"))]).is_err());
    assert_eq!(state(root.path()), before);
}

fn catalogue_of(body: &str) -> String {
    format!(
        "pub mod site;\n\npub mod api;\npub mod web;\n\npub fn catalogue(cluster: Cluster) -> Cluster {{\n{body}\n}}\n"
    )
}

#[test]
fn a_service_is_added_to_the_chain_as_rustfmt_writes_it() {
    let one = "    cluster.runs(api::service()).runs(web::service(site))";
    let two = "    cluster\n        .runs(api::service())\n        .runs(web::service(site))";
    let long = format!("    cluster{}", ".runs(api::service(&argument_of_it))".repeat(3));
    let lines = "\n        .runs(api::service(&argument_of_it))".repeat(3);
    for (before, after) in [
        ("    cluster", "    cluster.runs(new::service())".to_owned()),
        (one, format!("{one}.runs(new::service())")),
        (two, format!("{two}\n        .runs(new::service())")),
        (
            "    let all = cluster\n        .runs(api::service());\n    apps::catalogue(all)",
            "    let all = cluster\n        .runs(api::service())\n        .runs(new::service());\n    apps::catalogue(all)".to_owned(),
        ),
        (&long, format!("    cluster{lines}\n        .runs(new::service())")),
    ] {
        let expected = catalogue_of(&after).replace("pub mod web;", "pub mod new;\npub mod web;");
        assert_eq!(catalogue::with(&catalogue_of(before), "new"), Ok(expected), "{before}");
    }
}

#[test]
fn a_module_is_added_in_the_order_of_its_block() {
    for (module, block) in [
        ("aaa", "pub mod aaa;\npub mod api;\npub mod web;\n\n"),
        ("pub_api", "pub mod api;\npub mod pub_api;\npub mod web;\n\n"),
        ("zzz", "pub mod api;\npub mod web;\npub mod zzz;\n\n"),
    ] {
        let text = catalogue::with(&catalogue_of("    cluster"), module).unwrap();
        assert!(text.starts_with(&format!("pub mod site;\n\n{block}")), "{text}");
    }
}

#[test]
fn a_catalogue_that_looks_otherwise_is_not_edited() {
    for (body, why) in [
        ("    cluster.runs(api::service()).tunnel(tunnel())", "does not end in `.runs(..)`"),
        ("    cluster.runs(api::service()) // all", "does not end in `.runs(..)`"),
        ("    apps::catalogue(cluster)", "does not end in `.runs(..)`"),
        ("    cluster.runs(\n        api::service(),\n    )", "does not end in `.runs(..)`"),
        ("    cluster.runs(api::service());", "does not end in `.runs(..)`"),
        ("    cluster.runs(api::service(", "does not end in `.runs(..)`"),
    ] {
        let said = catalogue::with(&catalogue_of(body), "new").unwrap_err();
        assert!(said.contains(why), "{body}: {said}");
    }
    for (text, why) in [
        (catalogue_of("    cluster").replace("catalogue", "all"), "has no `pub fn catalogue(..)`"),
        (catalogue_of("    cluster").replace("pub mod", "mod"), "has no `pub mod <service>;`"),
        (catalogue_of("    cluster").replace("}\n", ""), "has no end"),
        (catalogue_of("    cluster").replace("{\n    cluster", "{"), "does not end in `.runs(..)`"),
        (catalogue_of("    cluster").replace("site", "new"), "`mod new;` is there already"),
    ] {
        let said = catalogue::with(&text, "new").unwrap_err();
        assert!(said.contains(why), "{text}: {said}");
    }
}

#[test]
fn templates_name_no_value_that_nobody_gives() {
    let repository = Values::from([("cluster", "a"), ("module", "a"), ("proxy", "a"), ("version", "a")]);
    for (path, template) in REPOSITORY {
        assert!(file(path, template, &repository).is_ok(), "{path}");
    }
    let service = Values::from([("name", "a"), ("identity", "a"), ("namespace", "a")]);
    for template in [DEPLOYMENT, STATEFUL_SET, DAEMON_SET, JOB, CRON_JOB] {
        assert!(fill(template, &service).is_ok(), "{template}");
    }
    assert!(fill(DEPLOYMENT, &repository).is_err(), "an undefined name is refused");
}
