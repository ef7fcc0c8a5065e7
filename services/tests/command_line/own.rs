//! `init` and `new`: what they refuse, and that they leave everything as it was then. What they make is built in
//! `generator/tests/own_repository`.

use std::fs;

use crate::Workplace;

/// A new repository in the directory `mine`.
fn repository(test: &str) -> Workplace {
    let place = Workplace::empty(test);
    let ran = place.run(&["init", "mine"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    Workplace(place.path("mine"))
}

#[test]
fn init_names_the_next_commands() {
    let ran = Workplace::empty("init").run(&["init", "mine", "--cluster", "attic"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for said in ["cd mine", "cargo run -- render", "services/src/attic.rs"] {
        assert!(ran.out.contains(said), "it does not say {said:?}:\n{}", ran.out);
    }
}

#[test]
fn init_leaves_nothing_beside_its_files() {
    let place = repository("init-whole");
    let above = place.path("..");
    let beside: Vec<_> =
        fs::read_dir(above).expect("it can be listed").map(|entry| entry.expect("it is").path()).collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
    assert!(!place.state().keys().any(|path| path.to_string_lossy().ends_with(".tmp")), "{:?}", place.state().keys());
}

#[test]
fn init_goes_into_a_directory_that_has_other_files() {
    let place = Workplace::empty("init-clone");
    fs::create_dir(place.path(".git")).expect("the directory can be made");
    place.write("LICENSE", "mine\n");
    assert_eq!(place.run(&["init", "."]).code, 0);
    assert_eq!(place.read("LICENSE"), "mine\n");
    assert!(place.read(".gitignore").contains("/target/"));
}

#[test]
fn init_overwrites_no_file_and_names_all_that_are_there() {
    let place = Workplace::empty("init-twice");
    place.write("README.md", "mine\n");
    fs::create_dir_all(place.path("services/src")).expect("the directory can be made");
    place.write("services/src/lib.rs", "mine\n");
    let before = place.state();
    let ran = place.run(&["init", "."]);
    assert_eq!(ran.code, 4, "{ran:?}");
    for said in ["`./README.md` is there already", "`./services/src/lib.rs` is there already", "nothing was written"] {
        assert!(ran.err.contains(said), "it does not say {said:?}:\n{}", ran.err);
    }
    assert!(place.state() == before, "something is changed");
}

#[test]
fn new_service_says_what_it_made_and_what_names_it() {
    let ran = repository("new-says").run(&["new", "service", "ledger"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for said in ["services/src/ledger.rs: new", "services/src/namespaces.rs and services/src/lib.rs name it", "render"]
    {
        assert!(ran.out.contains(said), "it does not say {said:?}:\n{}", ran.out);
    }
}

#[test]
fn new_service_registers_the_service() {
    let place = repository("new-registers");
    assert_eq!(place.run(&["new", "service", "trips-api", "--namespace", "trips"]).code, 0);
    assert_eq!(place.run(&["new", "service", "trips-web", "--namespace", "trips"]).code, 0);
    let catalogue = place.read("services/src/lib.rs");
    assert!(catalogue.contains("pub mod hello;\npub mod trips_api;\npub mod trips_web;\n"), "{catalogue}");
    let chain = "cluster.runs(hello::service(site)).runs(trips_api::service()).runs(trips_web::service())";
    assert!(catalogue.contains(chain), "{catalogue}");
    let namespaces = place.read("services/src/namespaces.rs");
    assert_eq!(namespaces.matches("namespace!(\"trips\")").count(), 1, "{namespaces}");
}

#[test]
fn what_would_be_overwritten_or_misunderstood_stays_as_it_was() {
    let place = repository("new-refused");
    place.write("services/src/mine.rs", "mine\n");
    fs::create_dir(place.path("services/src/apps")).expect("the directory can be made");
    let before = place.state();
    for (arguments, code, said) in [
        (&["new", "service", "mine"][..], 4, "`services/src/mine.rs` is there already"),
        (&["new", "service", "apps"], 4, "`services/src/apps` is there already"),
        (&["new", "service", "hello"], 4, "`services/src/hello.rs` is there already"),
        (&["new", "service", "lib"], 4, "`services/src/lib.rs` is there already"),
        (&["new", "service", "Trips_API"], 2, "a name has at most 63 lower-case letters"),
        (&["new", "service", "../../x"], 2, "a name has at most 63 lower-case letters"),
        (&["new", "service", "type"], 2, "means something else in Rust"),
        (&["new", "service", "a", "--namespace", "kube-system"], 2, "belongs to the platform"),
        (
            &["new", "service", "a", "--kind", "pod"],
            2,
            "possible values: deployment, statefulset, daemonset, job, cronjob",
        ),
        (&["new", "service", "a", "--services", "elsewhere"], 2, "there is no `elsewhere/src/lib.rs`"),
        (&["new"], 2, "Usage:"),
        (&["init", "x", "--cluster", "My Cluster"], 2, "cannot name a cluster"),
        (&["init", "x", "--cluster", "site"], 2, "choose another name"),
        (&["init", "x", "--cluster", "crate"], 2, "choose another name"),
        (&["init", "x", "--proxy", "edge-26.8.3"], 2, "a Linkerd release and its digest"),
        (&["init", "nowhere/x"], 4, "cannot create this directory"),
        (&["init", "services/src/lib.rs/x"], 4, "cannot create this directory"),
    ] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(said), "{arguments:?} does not say {said:?}:\n{}", ran.err);
        assert!(place.state() == before, "{arguments:?} changed something");
    }
}

#[test]
fn a_catalogue_of_another_shape_is_not_edited_and_the_lines_are_named() {
    let place = repository("new-shape");
    let catalogue = place.read("services/src/lib.rs");
    place.write(
        "services/src/lib.rs",
        &catalogue.replace(".runs(hello::service(site))", ".runs(hello::service(site));"),
    );
    let before = place.state();
    let ran = place.run(&["new", "service", "ledger"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    for said in ["services/src/lib.rs", "as the template's does", "  pub mod ledger;", "  .runs(ledger::service())"] {
        assert!(ran.err.contains(said), "it does not say {said:?}:\n{}", ran.err);
    }
    assert!(place.state() == before, "something is changed");
}

#[test]
fn namespaces_of_another_shape_are_not_edited_and_the_line_is_named() {
    let place = repository("new-namespaces");
    let namespaces = place.read("services/src/namespaces.rs");
    place.write("services/src/namespaces.rs", &namespaces.replace("prelude::*", "prelude::Namespace"));
    let before = place.state();
    let ran = place.run(&["new", "service", "ledger"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let line = "  pub const LEDGER: Namespace = namespace!(\"ledger\");";
    assert!(ran.err.contains(line), "it does not name the line:\n{}", ran.err);
    assert!(place.state() == before, "something is changed");
}

#[test]
fn what_an_interrupted_run_left_is_named_and_not_taken() {
    let place = repository("new-staged");
    fs::create_dir(place.path("services/src/.casemate-2.tmp")).expect("the directory can be made");
    let texts = |place: &Workplace| place.state().into_iter().map(|(path, (_, text))| (path, text)).collect::<Vec<_>>();
    let before = texts(&place);
    let ran = place.run(&["new", "service", "ledger"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.contains("`services/src/.casemate-2.tmp`"), "{}", ran.err);
    assert!(texts(&place) == before, "everything is as it was");
}
