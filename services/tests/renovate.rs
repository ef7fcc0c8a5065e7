//! Renovate finds the images and the charts of declarations, and nothing else.
//!
//! Its engine is RE2, whose language is that of the `regex` crate.

#![expect(clippy::expect_used, reason = "a test that cannot begin stops")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

const DIGEST: &str = "sha256:054e14f543eb688809d59ec2ad1644d1a61678e247c87a318ad605977eb37eaf";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).expect("the file can be read")
}

/// A manager of the configuration: which files it reads, what it finds in them, and what it says of each.
#[derive(Debug)]
struct Manager {
    files: Regex,
    matches: Regex,
    name: Option<String>,
    registry: Option<String>,
    datasource: String,
}

/// All of them: for images, for Linkerd's proxy, and for charts.
fn managers() -> Vec<Manager> {
    let configuration = casemate_oracle::parse(&read("renovate.json")).expect("JSON is YAML");
    let managers = (0..).map_while(|number| configuration.pointer(&format!("/customManagers/{number}")));
    managers
        .map(|manager| {
            let text = |pointer: &str| manager.pointer(pointer).and_then(|value| value.as_str()).map(str::to_owned);
            assert_eq!(text("/customType").as_deref(), Some("regex"));
            assert!(manager.pointer("/matchStrings/1").is_none(), "one expression each");
            // `/…/`: a regular expression, not a glob.
            let files = text("/managerFilePatterns/0").expect("it reads files");
            let files = files.strip_prefix('/').and_then(|files| files.strip_suffix('/')).expect("it is an expression");
            Manager {
                files: Regex::new(files).expect("it is RE2"),
                matches: Regex::new(&text("/matchStrings/0").expect("it finds something")).expect("it is RE2"),
                name: text("/depNameTemplate"),
                registry: text("/registryUrlTemplate"),
                datasource: text("/datasourceTemplate").expect("it says where versions are"),
            }
        })
        .collect()
}

fn of_images() -> Manager {
    managers().into_iter().next().expect("the first one")
}

fn of_the_proxy() -> Manager {
    managers().into_iter().nth(1).expect("the second one")
}

/// The charts that are found: name, repository, version.
fn charts(text: &str) -> BTreeSet<(String, String, String)> {
    let mut found = BTreeSet::new();
    for manager in managers().into_iter().filter(|manager| manager.datasource == "helm") {
        for captures in manager.matches.captures_iter(text) {
            let group = |name| captures.name(name).map(|group| group.as_str().to_owned());
            let name = manager.name.clone().or_else(|| group("depName")).expect("a name");
            let registry = manager.registry.clone().or_else(|| group("registryUrl")).expect("a repository");
            found.insert((name, registry, group("currentValue").expect("a version")));
        }
    }
    found
}

/// The charts of the rendered tree but for Linkerd's, whose version is that of its proxy.
fn rendered_charts() -> BTreeSet<(String, String, String)> {
    let mut charts = BTreeSet::new();
    for entry in fs::read_dir(repository().join("out/homelab/argocd/platform")).expect("it can be listed") {
        let text = fs::read_to_string(entry.expect("it has a name").path()).expect("it can be read");
        let application = casemate_oracle::parse(&text).expect("it is YAML");
        for source in (0..).map_while(|number| application.pointer(&format!("/spec/sources/{number}"))) {
            let text = |pointer: &str| source.pointer(pointer).and_then(|value| value.as_str()).map(str::to_owned);
            if let Some(chart) = text("/chart").filter(|chart| !chart.starts_with("linkerd")) {
                let repository = text("/repoURL").expect("a repository");
                charts.insert((chart, repository, text("/targetRevision").expect("a version")));
            }
        }
    }
    charts
}

/// What a manager finds: name, value, digest.
fn found<'t>(manager: &Manager, text: &'t str) -> BTreeSet<(Option<&'t str>, &'t str, &'t str)> {
    let captures = manager.matches.captures_iter(text);
    captures
        .map(|found| {
            let group = |name| found.name(name).map(|group| group.as_str());
            (group("depName"), group("currentValue").expect("a value"), group("currentDigest").expect("a digest"))
        })
        .collect()
}

/// The Rust files of the services, with their paths from the root of the repository.
fn sources() -> Vec<(String, String)> {
    let mut sources = Vec::new();
    let mut left = vec!["services".to_owned()];
    while let Some(directory) = left.pop() {
        for entry in fs::read_dir(repository().join(&directory)).expect("it can be listed") {
            let entry = entry.expect("it has a name");
            let path = format!("{directory}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                left.push(path);
            } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
                sources.push((path.clone(), read(&path)));
            }
        }
    }
    sources
}

/// The references in `image!("…")` of a source, found by hand.
fn images(source: &str) -> BTreeSet<&str> {
    let calls = source.match_indices("image!(").filter(|(at, _)| {
        let before = source[..*at].bytes().last();
        !before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    });
    calls.filter_map(|(at, call)| source[at + call.len()..].trim_start().strip_prefix('"')?.split('"').next()).collect()
}

#[test]
fn every_image_of_the_services_is_found_and_nothing_else() {
    let manager = of_images();
    let mut all = 0;
    for (path, source) in sources().into_iter().filter(|(path, _)| path.starts_with("services/src/")) {
        assert!(manager.files.is_match(&path), "{path}");
        let images = images(&source);
        let found = found(&manager, &source);
        let again: BTreeSet<String> =
            found.iter().map(|(name, value, digest)| format!("{}:{value}@{digest}", name.expect("a name"))).collect();
        assert_eq!(again, images.iter().map(|image| (*image).to_owned()).collect(), "{path}");
        all += images.len();
    }
    assert!(all >= 4, "the homelab has images: {all}");
}

#[test]
fn a_registry_with_a_port_belongs_to_the_name() {
    let manager = of_images();
    let text = format!("image!(\n    \"registry.example.com:5000/a/b:1.2-x@{DIGEST}\"\n)");
    assert_eq!(found(&manager, &text), BTreeSet::from([(Some("registry.example.com:5000/a/b"), "1.2-x", DIGEST)]));
}

#[test]
fn what_is_no_pinned_image_is_not_found() {
    let manager = of_images();
    for text in [
        "image_awaiting_digest!(\"registry.example.com/a:1\")".to_owned(),
        format!("linkerd_image!(\"edge-26.8.3@{DIGEST}\")"),
        format!("my_image!(\"registry.example.com/a:1@{DIGEST}\")"),
        format!("\"registry.example.com/a:1@{DIGEST}\""),
        "image!(\"registry.example.com/a:1@sha256:…\")".to_owned(),
        format!("image!(\"registry.example.com/a@{DIGEST}\")"),
    ] {
        assert!(found(&manager, &text).is_empty(), "{text}");
    }
}

#[test]
fn the_proxy_of_linkerd_is_found_and_nothing_else() {
    let manager = of_the_proxy();
    let text =
        format!("proxy: linkerd_image!(\"edge-26.8.3@{DIGEST}\"),\nconst I: Image = image!(\"a.io/b:1@{DIGEST}\");");
    assert_eq!(found(&manager, &text), BTreeSet::from([(None, "edge-26.8.3", DIGEST)]));
    assert!(found(&manager, "linkerd_awaiting_digest!(\"edge-26.8.3\")").is_empty());
}

#[test]
fn every_chart_of_the_tree_is_found_and_nothing_else() {
    let sources = sources().into_iter().filter(|(path, _)| path.starts_with("services/src/"));
    let found: BTreeSet<_> = sources.flat_map(|(_, source)| charts(&source)).collect();
    let rendered = rendered_charts();
    assert!(rendered.len() >= 13, "the homelab has charts: {rendered:?}");
    assert_eq!(found, rendered);
}

#[test]
fn a_chart_from_a_registry_of_images_is_found_there() {
    let text = "Chart::new(\n    name!(\"kyverno\"),\n    chart_repository!(\"oci://ghcr.io/kyverno/charts\"),\n    chart_version!(\"3.9.1\"),";
    assert!(charts(text).is_empty(), "no repository of charts has it");
    let found: Vec<_> = managers()
        .iter()
        .filter(|manager| manager.datasource == "docker")
        .filter_map(|manager| {
            let captures = manager.matches.captures(text)?;
            Some(["registry", "depName", "currentValue"].map(|name| captures[name].to_owned()))
        })
        .collect();
    assert_eq!(found, [["ghcr.io/kyverno/charts", "kyverno", "3.9.1"]]);
}

#[test]
fn only_declarations_are_read() {
    for manager in managers() {
        for path in ["services/src/hello.rs", "services/src/apps/mealie.rs"] {
            assert!(manager.files.is_match(path), "{path}");
        }
        for path in
            ["out/homelab/services/x.yaml", "dsl/src/word/image.rs", "services/config/x.conf", "x/services/a.rs"]
        {
            assert!(!manager.files.is_match(path), "{path}");
        }
    }
}

#[test]
fn a_new_repository_has_the_same_configuration() {
    assert_eq!(read("generator/template/repository/renovate.json"), read("renovate.json"));
}
