//! What a run refuses: it names everything at once and writes nothing.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::thread;
use std::time::Duration;

use super::ground::{API, Ground, desired, file, nothing, service, try_desired};
use crate::tree::{Difference, Problem};

const DEPLOYMENT: &str = "lab/services/trips/api/deployment-api.yaml";
const SERVICE: &str = "lab/services/trips/api/service-api.yaml";

#[test]
fn edited_files_are_refused_all_at_once_and_nothing_is_written() {
    let ground = Ground::with(&service("a", "b"));
    ground.put(DEPLOYMENT, "by hand");
    ground.put(SERVICE, "by hand");
    let declared = desired(vec![(API, vec![file("deployment-api.yaml", "c")]), ("lab/new", vec![file("x.yaml", "x")])]);
    let before = ground.everything();
    let errors = ground.write(&declared).unwrap_err();
    assert_eq!(
        ground.refused(&errors),
        [(DEPLOYMENT.to_owned(), Difference::Edited), (SERVICE.to_owned(), Difference::EditedExtra)]
    );
    let message = errors.to_string();
    assert!(message.contains(DEPLOYMENT) && message.contains("--force"), "{message}");
    assert_eq!(message.lines().count(), 2);
    assert_eq!(ground.everything(), before);
}

#[test]
fn files_that_argo_cd_would_apply_are_refused_even_by_force() {
    for name in ["extra.yaml", "extra.yml", "extra.json", "deeper/and/deeper/extra.yaml"] {
        let ground = Ground::with(&service("a", "b"));
        let path = format!("{API}/{name}");
        ground.put(&path, "by hand");
        let foreign = [(path.clone(), Difference::Foreign)];
        assert_eq!(ground.refusals(&service("a", "c")), foreign);
        assert_eq!(ground.refused(&ground.force(&service("a", "c")).unwrap_err()), foreign);
        // No matter whether the directory is still declared.
        assert_eq!(ground.refusals(&nothing()), foreign);
        assert_eq!(ground.read(&path), "by hand");
        assert_eq!(ground.read(SERVICE), "b");
    }
}

#[test]
fn nothing_is_written_or_read_through_a_symbolic_link() {
    for link in ["lab", "lab/services", API, DEPLOYMENT, "lab/services/trips/api/.casemate", "lab/services/trips/link"]
    {
        let ground = Ground::with(&service("a", "b"));
        let elsewhere = ground.path("elsewhere");
        if ground.has(link) {
            fs::rename(ground.path(link), &elsewhere).unwrap();
        } else {
            fs::create_dir(&elsewhere).unwrap();
        }
        symlink(&elsewhere, ground.path(link)).unwrap();
        let before = ground.files();
        let refused = [(link.to_owned(), Difference::Symlink)];
        assert_eq!(ground.refusals(&service("c", "d")), refused);
        assert_eq!(ground.refused(&ground.force(&service("c", "d")).unwrap_err()), refused);
        assert_eq!(ground.refused(&ground.force(&nothing()).unwrap_err()), refused);
        assert_eq!(ground.files(), before);
    }
}

#[test]
fn a_link_to_nowhere_is_refused_too() {
    let ground = Ground::new();
    fs::create_dir_all(ground.path(API)).unwrap();
    symlink("nowhere", ground.path(DEPLOYMENT)).unwrap();
    assert_eq!(ground.refusals(&service("a", "b")), [(DEPLOYMENT.to_owned(), Difference::Symlink)]);
}

#[test]
fn a_directory_in_place_of_a_file_is_refused_and_so_is_the_reverse() {
    let ground = Ground::new();
    fs::create_dir_all(ground.path(DEPLOYMENT)).unwrap();
    assert_eq!(ground.refusals(&service("a", "b")), [(DEPLOYMENT.to_owned(), Difference::Blocked)]);
    for blocked in ["lab", "lab/services/trips", API] {
        let ground = Ground::new();
        ground.put(blocked, "by hand");
        assert_eq!(ground.refusals(&service("a", "b")), [(blocked.to_owned(), Difference::Blocked)]);
        assert_eq!(ground.read(blocked), "by hand");
    }
}

#[test]
fn a_manifest_with_anything_else_in_it_is_refused_with_its_line() {
    let ground = Ground::with(&service("a", "b"));
    let path = "lab/services/trips/api/.casemate";
    ground.put(path, &ground.read(path).replace("  service-api.yaml", "  ../../../../victim.yaml"));
    ground.put("victim.yaml", "b");
    assert_eq!(ground.refusals(&nothing()), [(path.to_owned(), Difference::Garbled(3))]);
    assert_eq!(ground.refused(&ground.force(&nothing()).unwrap_err()), [(path.to_owned(), Difference::Garbled(3))]);
    assert_eq!(ground.read("victim.yaml"), "b");
}

#[test]
fn names_that_lead_out_of_the_target_are_refused() {
    for (directory, name) in [
        ("lab/..", "a.yaml"),
        ("/lab", "a.yaml"),
        ("lab/a/../../b", "a.yaml"),
        ("other", "a.yaml"),
        ("lab/a", "../a.yaml"),
        ("lab/a", "b/c.yaml"),
        ("lab/a", ".casemate"),
        ("lab/a", ""),
        ("", "a.yaml"),
    ] {
        let errors = try_desired(vec![(directory, vec![file(name, "a")])]).unwrap_err();
        assert!(errors.problems().iter().all(|problem| matches!(problem, Problem::Name { .. })), "{errors}");
    }
}

#[test]
fn two_things_at_one_place_are_refused_also_where_case_does_not_count() {
    let collisions = |directories| -> Vec<String> {
        let errors = try_desired(directories).unwrap_err();
        errors.problems().iter().map(|problem| problem.to_string().split(':').next().unwrap().to_owned()).collect()
    };
    assert_eq!(collisions(vec![("lab/a", vec![file("x.yaml", "1"), file("x.yaml", "2")])]), ["lab/a/x.yaml"]);
    assert_eq!(collisions(vec![("lab/a", vec![file("X.yaml", "1"), file("x.yaml", "2")])]), ["lab/a/X.yaml"]);
    assert_eq!(collisions(vec![("lab/A", vec![file("x", "1")]), ("lab/a", vec![file("y", "2")])]), ["lab/A"]);
    assert_eq!(collisions(vec![("lab/B/c", vec![]), ("lab/b/d", vec![])]), ["lab/B"]);
    assert_eq!(collisions(vec![("lab", vec![file("a", "1")]), ("lab/a", vec![])]), ["lab/a"]);
    assert_eq!(collisions(vec![("lab", vec![file("A", "1")]), ("lab/a/b", vec![])]), ["lab/A"]);
    let alike = vec![("lab/A", vec![file("X.yaml", "1")]), ("lab/a", vec![file("x.yaml", "2")])];
    assert_eq!(collisions(alike), ["lab/A", "lab/A/X.yaml"]);
}

#[test]
fn errors_of_the_system_name_the_path_and_the_operation() {
    let ground = Ground::new();
    ground.put("file", "by hand");
    let errors = crate::tree::write(&ground.path("file/out"), &service("a", "b"), false).unwrap_err();
    let message = errors.to_string();
    assert!(message.contains("file/out") && message.contains("cannot"), "{message}");
}

#[test]
fn a_tree_that_may_not_be_written_stays_as_it_was() {
    let ground = Ground::with(&service("a", "b"));
    fs::set_permissions(ground.path(API), Permissions::from_mode(0o555)).unwrap();
    let is_root = File::create(ground.path(API).join("probe")).is_ok();
    if is_root {
        println!("skipped: this user may write everywhere");
        return;
    }
    let before = ground.everything();
    let declared = desired(vec![(API, vec![file("deployment-api.yaml", "c")]), ("lab/new", vec![file("x.yaml", "x")])]);
    let message = ground.write(&declared).unwrap_err().to_string();
    assert!(message.contains(API) && message.contains("let this user"), "{message}");
    assert_eq!(ground.everything(), before);
    fs::set_permissions(ground.path(API), Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_target_that_another_process_holds_is_waited_for_and_then_refused() {
    let ground = Ground::with(&service("a", "b"));
    let lock = File::open(ground.target()).unwrap();
    lock.lock().unwrap();
    let errors = ground.write(&service("c", "d")).unwrap_err();
    assert!(matches!(errors.problems(), [Problem::Locked { .. }]), "{errors}");
    assert!(crate::tree::compare(ground.target(), &service("a", "b"), &crate::tree::Scope::Everything).is_err());
    assert_eq!(ground.read(SERVICE), "b");
    thread::scope(|scope| {
        let waiting = scope.spawn(|| ground.write(&service("c", "d")));
        thread::sleep(Duration::from_millis(100));
        lock.unlock().unwrap();
        waiting.join().unwrap().unwrap();
    });
    assert_eq!(ground.read(SERVICE), "d");
}

#[test]
fn comparing_does_not_wait_for_comparing() {
    let ground = Ground::with(&service("a", "b"));
    let lock = File::open(ground.target()).unwrap();
    lock.lock_shared().unwrap();
    assert!(ground.compare(&service("a", "b")).findings.is_empty());
}

#[test]
fn a_target_made_for_a_run_that_fails_is_removed_again() {
    let ground = Ground::new();
    let disk =
        crate::tree::disk::Disk { interruption: Some(super::Interruption::at(4, super::interruption::Kind::Error)) };
    let target = ground.path("deep/out");
    crate::tree::write_on(&disk, 1, &target, &service("a", "b"), false).unwrap_err();
    assert!(ground.everything().is_empty());
}
