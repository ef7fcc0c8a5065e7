//! `render --check`: says how the tree differs, and writes nothing.

use std::fs;
use std::path::Path;

use crate::{FILE, Ran, Workplace};

/// Runs the check, which writes nothing, whatever it says.
fn check(place: &Workplace, arguments: &[&str]) -> Ran {
    let before = place.state();
    let ran = place.run(&[&["render", "--check"], arguments].concat());
    assert!(place.state() == before, "a check writes nothing");
    ran
}

#[test]
fn the_committed_tree_is_what_is_declared() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../out");
    let committed = committed.to_str().expect("the path is UTF-8");
    let ran = Workplace::empty("committed").run(&["render", "--check", "--out", committed]);
    assert_eq!(ran.code, 0, "{}", ran.out);
}

#[test]
fn a_tree_as_declared_exits_with_0() {
    let ran = check(&Workplace::rendered("as-declared"), &[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("0 differences, "), "{}", ran.out);
}

#[test]
fn a_tree_that_is_not_there_is_missing_as_a_whole() {
    let ran = check(&Workplace::empty("not-there"), &[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains(&format!("{FILE}: missing: render to write it\n")), "{}", ran.out);
    assert!(ran.out.ends_with(" differences, 0 unchanged\n"), "{}", ran.out);
}

fn differs(place: &Workplace, said: &str) {
    let ran = check(place, &[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains(said), "the check does not say {said:?}:\n{}", ran.out);
    assert!(ran.out.contains("\n1 difference, "), "one thing is one difference:\n{}", ran.out);
}

#[test]
fn a_missing_file_is_named() {
    let place = Workplace::rendered("check-missing");
    fs::remove_file(place.path(FILE)).expect("the file can be removed");
    differs(&place, &format!("{FILE}: missing: "));
}

#[test]
fn an_edited_file_is_named() {
    let place = Workplace::rendered("check-edited");
    place.append(FILE, "  externalName: db.example.com\n");
    differs(&place, &format!("{FILE}: edited by hand: "));
}

#[test]
fn a_foreign_file_is_named() {
    let place = Workplace::rendered("check-foreign");
    let foreign = FILE.replace("service-", "secret-");
    place.write(&foreign, "kind: Secret\n");
    differs(&place, &format!("{foreign}: not rendered, but Argo CD would apply it: "));
}

#[test]
fn a_file_that_is_no_longer_declared_is_named() {
    let place = Workplace::rendered("check-extra");
    let directory = "out/homelab/services/trips/trips-nginx";
    let gone = "out/homelab/services/trips/gone";
    fs::create_dir(place.path(gone)).expect("the directory can be made");
    for file in ["service-trips-nginx.yaml", ".casemate"] {
        fs::copy(place.path(directory).join(file), place.path(gone).join(file)).expect("the file can be copied");
    }
    let ran = check(&place, &[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains(&format!("{gone}/service-trips-nginx.yaml: extra: ")), "{}", ran.out);
}

#[test]
fn the_check_of_a_service_is_narrow() {
    let place = Workplace::rendered("check-one");
    place.append(FILE, "# edited\n");
    assert_eq!(check(&place, &["--service", "trips-api"]).code, 0);
    assert_eq!(check(&place, &["--service", "trips-nginx"]).code, 1);
}

#[test]
fn differences_are_json_where_that_is_asked_for() {
    let place = Workplace::rendered("check-json");
    place.append(FILE, "# edited\n");
    let ran = check(&place, &["--format", "json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let value = casemate_oracle::parse(&ran.out).expect("the differences can be read");
    assert_eq!(value["differences"][0]["difference"], "edited");
    assert_eq!(value["differences"][0]["path"], FILE);
}
