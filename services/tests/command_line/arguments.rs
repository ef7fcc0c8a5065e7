//! Arguments: help, versions, completions, and what makes no sense.

use crate::Workplace;

#[test]
fn every_help_page_names_the_exit_codes() {
    let place = Workplace::empty("help");
    for page in [
        &["--help"][..],
        &["render", "--help"],
        &["list", "--help"],
        &["review", "--help"],
        &["audit", "--help"],
        &["bootstrap", "--help"],
        &["plugin", "--help"],
        &["plugin", "guard", "--help"],
        &["completions", "--help"],
    ] {
        let ran = place.run(page);
        assert_eq!(ran.code, 0, "{page:?}");
        for code in ["Exit codes:", "  0  ", "  1  ", "  2  ", "  3  ", "  4  "] {
            assert!(ran.out.contains(code), "{page:?} does not name {code:?}:\n{}", ran.out);
        }
    }
}

#[test]
fn the_version_is_printed() {
    let ran = Workplace::empty("version").run(&["--version"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, concat!("casemate ", env!("CARGO_PKG_VERSION"), "\n")));
}

#[test]
fn completions_are_printed_for_each_shell() {
    let place = Workplace::empty("completions");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = place.run(&["completions", shell]);
        assert_eq!(ran.code, 0, "{shell}: {}", ran.err);
        assert!(ran.out.contains("deny-warnings"), "{shell}:\n{}", ran.out);
        assert!(ran.out.contains("max-file-size"), "{shell}:\n{}", ran.out);
    }
}

#[test]
fn what_makes_no_sense_exits_with_2_and_says_why() {
    let place = Workplace::empty("usage");
    for (arguments, why) in [
        (&[][..], "Usage:"),
        (&["redner"], "a similar subcommand exists: 'render'"),
        (&["render", "--chekc"], "a similar argument exists: '--check'"),
        (&["render", "--check", "--force"], "cannot be used with"),
        (&["render", "--check", "--stdout"], "cannot be used with"),
        (&["render", "--stdout", "--out", "x"], "cannot be used with"),
        (&["render", "--stdout", "--force"], "cannot be used with"),
        (&["render", "--format", "toml"], "possible values: yaml, json"),
        (&["completions", "tcsh"], "possible values: bash"),
        (&["render", "--service", "trips-api"], "add `--stdout` or `--check`"),
        (&["render", "--check", "--service", "nobody"], "there is no service `nobody`; there is "),
        (&["render", "--check", "--service", ""], "there is no service ``; there is "),
        (&["render", "--cluster", "nowhere"], "there is no cluster `nowhere`; there is homelab and cottage"),
        (&["list", "--cluster", "nowhere"], "there is no cluster `nowhere`; there is homelab and cottage"),
    ] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(why), "{arguments:?} does not say {why:?}:\n{}", ran.err);
        assert_eq!(ran.out, "", "{arguments:?}");
    }
    assert_eq!(place.state().len(), 1, "nothing is written");
}

#[test]
fn a_service_of_several_clusters_is_offered_once() {
    let ran = Workplace::empty("offered").run(&["render", "--check", "--service", "nobody"]);
    assert_eq!(ran.err.matches("trips/trips-api").count(), 1, "{}", ran.err);
}

#[test]
fn a_service_can_be_named_with_its_namespace() {
    let place = Workplace::empty("service");
    let short = place.run(&["render", "--stdout", "--service", "trips-api"]);
    let long = place.run(&["render", "--stdout", "--service", "trips/trips-api"]);
    assert_eq!(short.code, 0, "{}", short.err);
    assert_eq!(short.out, long.out);
}

#[test]
fn list_prints_who_serves_calls_and_exposes_what() {
    let ran = Workplace::empty("list").run(&["list"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for said in [
        "cluster homelab",
        "trips/trips-nginx  Deployment × 1",
        "trips/trips-api:8000",
        "img.example.com (Access)",
        "(no mTLS: ",
    ] {
        assert!(ran.out.contains(said), "the list does not say {said:?}:\n{}", ran.out);
    }
}
