//! `plugin generate`: prints what this program's services render, for a checkout of the sources that it was built from, or nothing.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{FILE, Ran, Workplace};

/// The directory of [`FILE`].
const AT: &str = "out/homelab/services/trips/trips-nginx";

/// What the program was built from.
const SOURCES: &str = include_str!(env!("CASEMATE_SOURCES"));

/// A checkout of the commit that the program was built from, with its tree.
fn checkout(test: &str) -> Workplace {
    let place = Workplace::rendered(test);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let paths: Vec<&str> = SOURCES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| Some(line.split_once("  ")?.1))
        .collect();
    assert!(paths.len() > 500, "{}", paths.len());
    for path in paths {
        let copy = place.path(path);
        fs::create_dir_all(copy.parent().expect("it lies in a directory")).expect("the directory can be made");
        fs::copy(root.join(path), copy).expect("the file can be copied");
    }
    place
}

/// Runs the program, which prints nothing unless all is well.
fn generate(place: &Workplace, directory: &str) -> Ran {
    let ran = place.run(&["plugin", "generate", directory]);
    assert_eq!(ran.out.is_empty(), ran.code != 0, "{ran:?}");
    ran
}

#[track_caller]
fn refuses(ran: &Ran, first: &str) {
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    let line = ran.err.lines().next().unwrap_or_default();
    assert!(line.starts_with("error: ") && line.contains(first), "the first line does not say {first:?}:\n{}", ran.err);
}

/// As Argo CD runs it: in the directory, with what it says of the Application.
fn argocd(place: &Workplace, directory: &str) -> Command {
    let mut command = place.command(&["plugin", "generate"]);
    command
        .current_dir(place.path(directory))
        .env("ARGOCD_APP_NAME", "trips.trips-nginx")
        .env("ARGOCD_APP_NAMESPACE", "trips")
        .env("ARGOCD_APP_PROJECT_NAME", "trips")
        .env("ARGOCD_APP_SOURCE_PATH", AT)
        .env("ARGOCD_APP_PARAMETERS", "null");
    command
}

fn ran(mut command: Command) -> Ran {
    Ran::from(command.output().expect("the program can be run"))
}

/// The files of a directory, without the manifest, as documents in the order of their names.
fn rendered(place: &Workplace, directory: &str) -> String {
    let mut names: Vec<_> = fs::read_dir(place.path(directory))
        .expect("the directory can be listed")
        .map(|entry| entry.expect("it has a name").file_name().into_string().expect("it is UTF-8"))
        .filter(|name| name != ".casemate")
        .collect();
    names.sort();
    let texts: Vec<String> = names.iter().map(|name| place.read(&format!("{directory}/{name}"))).collect();
    texts.join("---\n")
}

/// Each kind of directory that an Application reads; what else is rendered is no object.
#[test]
fn the_bytes_that_render_writes_there_are_printed_and_nothing_else_is() {
    let place = checkout("generate");
    for directory in [
        "homelab/services/trips/trips-nginx",
        "homelab/services/trips/_namespace",
        "homelab/platform/_policies",
        "homelab/platform/linkerd/_namespace",
        "homelab/argocd/platform",
        "homelab/argocd/root",
        "homelab/bootstrap",
        "cottage/services/trips/trips-nginx",
    ] {
        let directory = format!("out/{directory}");
        let ran = generate(&place, &directory);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{directory}");
        assert_eq!(ran.out, rendered(&place, &directory), "{directory}");
    }
    for directory in ["out", "out/homelab", "out/homelab/services/trips", "out/homelab/register", "services/src", "."] {
        refuses(&generate(&place, directory), "give the Application the path of a directory that is rendered");
    }
}

#[test]
fn what_lies_in_the_directory_has_no_say() {
    let place = checkout("generate-edited");
    let expected = rendered(&place, AT);
    place.append(FILE, "  externalName: db.example.com\n");
    place.write(&format!("{AT}/secret-x.yaml"), "kind: Secret\n");
    fs::remove_file(place.path(&format!("{AT}/.casemate"))).expect("the file can be removed");
    let ran = ran(argocd(&place, AT));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ran.out, expected);
}

#[test]
fn other_sources_are_refused_by_name() {
    let place = checkout("generate-other");
    let build = "build the plugin's image from this commit";
    for path in ["services/src/trips_nginx.rs", "generator/src/lib.rs", "Cargo.lock", "rust-toolchain.toml"] {
        let text = place.read(path);
        place.append(path, "\n");
        refuses(&generate(&place, AT), &format!("{path}: is not what this program was built from: {build}"));
        place.write(path, &text);
    }
    for path in ["services/src/added.rs", "services/config/.added", "rust-toolchain"] {
        place.write(path, "");
        refuses(&generate(&place, AT), &format!("{path}: was not there when this program was built: {build}"));
        fs::remove_file(place.path(path)).expect("the file can be removed");
    }
    fs::create_dir(place.path(".cargo")).expect("the directory can be made");
    place.write(".cargo/config.toml", "[build]\n");
    refuses(&generate(&place, AT), ".cargo/config.toml: was not there when");
    fs::remove_dir_all(place.path(".cargo")).expect("the directory can be removed");

    let [here, there] = ["trips_nginx", "trips_web"].map(|name| place.path(&format!("services/src/{name}.rs")));
    fs::rename(&here, &there).expect("the file can be moved");
    let ran = generate(&place, AT);
    refuses(&ran, "services/src/trips_nginx.rs: was there when this program was built, and is not here");
    assert!(ran.err.contains("\nservices/src/trips_web.rs: was not there"), "{}", ran.err);
    fs::rename(&there, &here).expect("the file can be moved");
    assert_eq!(generate(&place, AT).code, 0, "all is as it was");
}

#[test]
fn a_part_of_a_checkout_is_refused() {
    // The Application's directory alone, as with `--plugin-use-manifest-generate-paths`. Above it lies this repository's own workspace.
    let place = Workplace::rendered("generate-alone");
    let alone = std::env::temp_dir().join(format!("casemate-generate-alone-{}", std::process::id()));
    fs::create_dir_all(&alone).expect("the directory can be made");
    fs::copy(place.path(FILE), alone.join("service-trips-nginx.yaml")).expect("the file can be copied");
    let ran = ran(argocd(&place, alone.to_str().expect("it is UTF-8")));
    fs::remove_dir_all(&alone).expect("the directory can be removed");
    refuses(&ran, "let Argo CD send the whole repository, without `--plugin-use-manifest-generate-paths`");

    let place = checkout("generate-part");
    fs::remove_dir_all(place.path("services")).expect("the directory can be removed");
    let ran = generate(&place, AT);
    refuses(&ran, "services/Cargo.toml: was there when this program was built, and is not here");
    refuses(&ran, ": let Argo CD send the whole repository, or build the plugin's image from this commit");
    assert_eq!(ran.err.lines().count(), 21, "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_checkout() {
    use std::os::unix::fs::symlink;

    let place = checkout("generate-link");
    let source = place.path("services/src/trips_nginx.rs");
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/trips_nginx.rs");
    fs::remove_file(&source).expect("the file can be removed");
    // Even if the same bytes lie there.
    symlink(&original, &source).expect("the link can be made");
    refuses(&generate(&place, AT), "services/src/trips_nginx.rs: is a symbolic link out of the checkout: replace it");
    fs::remove_file(&source).expect("the link can be removed");
    fs::copy(&original, &source).expect("the file can be copied");

    fs::remove_dir_all(place.path(AT)).expect("the directory can be removed");
    symlink("trips-api", place.path(AT)).expect("the link can be made");
    refuses(&generate(&place, AT), &format!("{AT}: a symbolic link, and no render makes one"));
    // As Argo CD enters it.
    refuses(&ran(argocd(&place, AT)), "give the Application back the path");
}

#[test]
fn an_application_gets_its_own_directory_only_and_chooses_nothing() {
    let place = checkout("generate-own");
    refuses(&ran(argocd(&place, "out/homelab/services/trips/trips-api")), "give the Application back the path");
    refuses(&ran(argocd(&place, "out/cottage/services/trips/trips-nginx")), "give the Application back the path");
    // The same names, in a place that no render writes to.
    let decoy = "docs/out/homelab/services/trips/trips-nginx";
    fs::create_dir_all(place.path(decoy)).expect("the directory can be made");
    let mut command = argocd(&place, decoy);
    command.env("ARGOCD_APP_SOURCE_PATH", decoy);
    refuses(&ran(command), "give the Application the path of a directory that is rendered");
    for (name, value, first) in [
        ("ARGOCD_APP_NAME", "trips.trips-api", "give the Application back the name "),
        ("ARGOCD_APP_PROJECT_NAME", "default", "give the Application back the project "),
        ("ARGOCD_APP_NAMESPACE", "kube-system", "give the Application back the destination namespace "),
        ("ARGOCD_APP_SOURCE_PATH", "services", "give the Application back the path "),
        ("ARGOCD_ENV_CASEMATE_SOURCES", "any", "remove `env` and `parameters`"),
        ("PARAM_CLUSTER", "cottage", "remove `env` and `parameters`"),
        ("ARGOCD_APP_PARAMETERS", "[{\"name\":\"skip\"}]", "remove `env` and `parameters`"),
    ] {
        let mut command = argocd(&place, AT);
        command.env(name, value);
        refuses(&ran(command), first);
    }
}

#[test]
fn a_directory_that_is_not_there_is_an_error_of_the_system() {
    let ran = generate(&Workplace::empty("generate-nowhere"), "nowhere");
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.starts_with("error: nowhere: cannot be read: "), "{}", ran.err);
}
