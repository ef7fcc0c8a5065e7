//! What a run writes, and what it does not touch.

use std::fs;
use std::os::unix::fs::symlink;
use std::time::{Duration, SystemTime};

use super::ground::{API, Ground, claim, desired, file, nothing, service, try_desired};
use crate::tree::{Difference, KeptData, Scope, compare};

#[test]
fn a_first_run_writes_every_file_and_a_manifest_of_each_directory() {
    let ground = Ground::new();
    let summary = ground.write(&service("a", "b")).unwrap();
    assert_eq!((summary.declared, summary.written, summary.unchanged, summary.removed), (2, 2, 0, 0));
    assert_eq!(ground.read("lab/services/trips/api/deployment-api.yaml"), "a");
    assert_eq!(ground.read("lab/services/trips/api/service-api.yaml"), "b");
    let manifest = ground.read("lab/services/trips/api/.casemate");
    assert_eq!(manifest.lines().count(), 3);
    assert!(
        manifest.contains("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  deployment-api.yaml\n")
    );
    assert_eq!(ground.files().len(), 3);
}

#[test]
fn what_was_written_is_what_is_declared() {
    let tree = service("a", "b");
    let comparison = Ground::with(&tree).compare(&tree);
    assert_eq!((comparison.findings, comparison.unchanged), (Vec::new(), 2));
}

#[test]
fn unchanged_files_are_not_touched() {
    let ground = Ground::with(&service("a", "b"));
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
    for path in ground.files().keys() {
        fs::File::options().write(true).open(ground.target().join(path)).unwrap().set_modified(long_ago).unwrap();
    }
    let summary = ground.write(&service("a", "c")).unwrap();
    assert_eq!((summary.written, summary.unchanged), (1, 1));
    let modified = |name: &str| fs::metadata(ground.path(API).join(name)).unwrap().modified().unwrap();
    assert_eq!(modified("deployment-api.yaml"), long_ago);
    assert_ne!(modified("service-api.yaml"), long_ago);
    assert_ne!(modified(".casemate"), long_ago);
}

#[test]
fn an_unchanged_tree_is_not_written_at_all() {
    let ground = Ground::with(&service("a", "b"));
    let modified = || -> Vec<SystemTime> {
        let paths = ground.everything().into_keys();
        paths.map(|path| fs::metadata(ground.target().join(path)).unwrap().modified().unwrap()).collect()
    };
    let before = modified();
    assert_eq!(ground.write(&service("a", "b")).unwrap().written, 0);
    assert_eq!(modified(), before);
}

#[test]
fn two_orders_of_declaration_give_the_same_bytes() {
    let one =
        desired(vec![("lab/b", vec![file("x.yaml", "x"), claim("y", "y")]), ("lab/a", vec![file("z.yaml", "z")])]);
    let other = desired(vec![
        ("lab/a", vec![file("z.yaml", "z")]),
        ("lab/b", vec![claim("y", "y")]),
        ("lab/b", vec![file("x.yaml", "x")]),
    ]);
    assert_eq!(Ground::with(&one).files(), Ground::with(&other).files());
}

#[test]
fn a_replaced_file_leaves_nothing_of_the_old_one() {
    let ground = Ground::with(&service("long before", "b"));
    ground.write(&service("short", "b")).unwrap();
    assert_eq!(ground.read("lab/services/trips/api/deployment-api.yaml"), "short");
    assert_eq!(ground.files(), Ground::with(&service("short", "b")).files());
}

#[test]
fn comparing_lists_what_is_missing_changed_extra_and_edited_and_writes_nothing() {
    let ground = Ground::with(&desired(vec![(
        API,
        ["changed.yaml", "edited.yaml", "extra.yaml", "gone.yaml", "same.yaml"].map(|name| file(name, "old")).into(),
    )]));
    ground.put("lab/services/trips/api/edited.yaml", "by hand");
    fs::remove_file(ground.path(API).join("gone.yaml")).unwrap();
    let declared = desired(vec![
        (
            API,
            vec![
                file("changed.yaml", "new"),
                file("edited.yaml", "old"),
                file("gone.yaml", "old"),
                file("same.yaml", "old"),
                file("new.yaml", "new"),
            ],
        ),
        ("lab/services/trips/db", vec![file("new.yaml", "new")]),
    ]);
    let before = ground.everything();
    let found = [
        ("lab/services/trips/api/changed.yaml", Difference::Changed),
        ("lab/services/trips/api/edited.yaml", Difference::Edited),
        ("lab/services/trips/api/extra.yaml", Difference::Extra),
        ("lab/services/trips/api/gone.yaml", Difference::Missing),
        ("lab/services/trips/api/new.yaml", Difference::Missing),
        ("lab/services/trips/db/new.yaml", Difference::Missing),
    ];
    assert_eq!(ground.differences(&declared), found.map(|(path, difference)| (path.to_owned(), difference)));
    assert_eq!(ground.compare(&declared).unchanged, 1);
    assert_eq!(ground.everything(), before);
}

#[test]
fn comparing_a_target_that_is_not_there_creates_nothing() {
    let ground = Ground::new();
    let comparison = compare(&ground.path("none/out"), &service("a", "b"), &Scope::Everything).unwrap();
    assert_eq!(comparison.findings.len(), 2);
    assert!(ground.everything().is_empty());
}

#[test]
fn a_scope_narrows_what_is_compared() {
    let ground = Ground::with(&desired(vec![
        (API, vec![file("a.yaml", "old"), file("b.yaml", "old"), file("old.yaml", "old")]),
        ("lab/services/trips/api-2", vec![file("a.yaml", "old")]),
        ("lab/argocd/services", vec![file("api.yaml", "old"), file("db.yaml", "old")]),
    ]));
    let declared = desired(vec![
        (API, vec![file("a.yaml", "new"), file("b.yaml", "old")]),
        ("lab/services/trips/db", vec![file("a.yaml", "new")]),
        ("lab/argocd/services", vec![file("api.yaml", "new"), file("db.yaml", "new")]),
    ]);
    let scope = Scope::Paths(vec![API.to_owned(), "lab/argocd/services/api.yaml".to_owned()]);
    let comparison = compare(ground.target(), &declared, &scope).unwrap();
    let found: Vec<_> = comparison.findings.iter().map(|finding| (finding.path.clone(), finding.difference)).collect();
    let expected = [
        ("lab/argocd/services/api.yaml", Difference::Changed),
        ("lab/services/trips/api/a.yaml", Difference::Changed),
        ("lab/services/trips/api/old.yaml", Difference::Extra),
    ];
    assert_eq!(found, expected.map(|(path, difference)| (ground.path(path), difference)));
    assert_eq!(comparison.unchanged, 1);
}

#[test]
fn a_scope_names_what_is_missing_in_a_directory_that_is_not_there() {
    let scope = Scope::Paths(vec![format!("{API}/service-api.yaml")]);
    let ground = Ground::new();
    let comparison = compare(ground.target(), &service("a", "b"), &scope).unwrap();
    assert_eq!(comparison.findings.len(), 1);
}

#[test]
fn data_that_outlives_a_removed_file_is_named() {
    let ground =
        Ground::with(&desired(vec![(API, vec![file("a.yaml", "a"), claim("data", "b"), claim("cache", "c")])]));
    let kept = |names: &[&str]| -> Vec<KeptData> {
        names.iter().map(|name| KeptData::new("PersistentVolumeClaim", &format!("trips/{name}"))).collect()
    };
    let summary = ground.write(&desired(vec![(API, vec![claim("data", "b")])])).unwrap();
    assert_eq!((summary.removed, summary.kept), (2, kept(&["cache"])));
    // It only moved to another directory.
    let summary = ground.write(&desired(vec![("lab/services/trips/_namespace", vec![claim("data", "b")])])).unwrap();
    assert_eq!((summary.removed, summary.kept), (1, kept(&[])));
    let summary = ground.write(&nothing()).unwrap();
    assert_eq!((summary.removed, summary.kept), (1, kept(&["data"])));
}

#[test]
fn a_file_that_became_another_ones_directory_is_not_declared_twice() {
    let errors = try_desired(vec![("lab/a", vec![file("b", "x")]), ("lab/a/b", vec![file("c", "y")])]).unwrap_err();
    assert_eq!(errors.problems().len(), 1);
}

#[test]
fn directories_may_lie_in_one_another() {
    let nested = |bytes: &str| {
        desired(vec![
            ("lab", vec![file("a.yaml", bytes)]),
            ("lab/b", vec![file("c.yaml", bytes)]),
            ("lab/b/d", vec![file("e.yaml", bytes)]),
        ])
    };
    let ground = Ground::with(&nested("1"));
    assert!(ground.compare(&nested("1")).findings.is_empty());
    assert_eq!(ground.write(&nested("2")).unwrap().written, 3);
    ground.write(&nothing()).unwrap();
    assert!(ground.everything().is_empty());
}

#[test]
fn a_target_may_be_a_symbolic_link_and_is_made_if_it_is_not_there() {
    let ground = Ground::new();
    fs::create_dir(ground.path("elsewhere")).unwrap();
    symlink(ground.path("elsewhere"), ground.path("link")).unwrap();
    crate::tree::write(&ground.path("link/deep/out"), &service("a", "b"), false).unwrap();
    assert_eq!(ground.read("elsewhere/deep/out/lab/services/trips/api/service-api.yaml"), "b");
}
