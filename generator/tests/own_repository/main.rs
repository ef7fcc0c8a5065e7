//! A repository of one's own, as a user has it: a workspace of its own, from the packed crates, with the template's own CI.
//!
//! Nothing is fetched: what the workspace was built with is in Cargo's cache, and the workspace's `Cargo.lock` names it. It needs
//! `tar`, to unpack what `cargo package` packs.

#![expect(clippy::expect_used, reason = "a test that cannot begin stops")]

mod place;

use std::fs;
use std::path::Path;

use casemate_oracle::{Peers, World, judge};

use place::{Ran, Repository};

/// A release of Linkerd's proxy with a digest, as the tests of the language have it.
const PROXY: &str = "edge-26.8.3@sha256:0700ad9da4e4c014e1b036107d1a674e5cfa497a9b7f151e054b64d198907497";

/// The commands of the template's CI, as its workflow has them.
fn ci(repository: &Repository) -> Vec<String> {
    let workflow = repository.read(".github/workflows/tree.yml");
    workflow.lines().filter_map(|line| line.trim().strip_prefix("run: cargo ")).map(str::to_owned).collect()
}

/// Each command of CI, which has to end well.
#[track_caller]
fn passes_ci(repository: &Repository) {
    let commands = ci(repository);
    assert_eq!(commands.len(), 2, "{commands:?}");
    for command in commands {
        repository.cargo(&command).succeeds();
    }
}

#[track_caller]
fn is_formatted(repository: &Repository) {
    repository.cargo("fmt --all -- --check").succeeds();
}

/// One test, since each step stands on the one before.
#[test]
fn a_new_repository_compiles_renders_and_passes_its_ci_from_packed_crates() {
    let repository = Repository::new(&["--cluster", "my-attic", "--proxy", PROXY]);
    is_formatted(&repository);
    assert!(!repository.path("out").exists(), "init renders nothing");

    repository.cargo("run --quiet -- render").succeeds();
    passes_ci(&repository);
    let verdict = judge(&World::read(&repository.root(), "out").expect("the tree can be read"), &Peers::default());
    assert!(verdict.is_clean(), "{verdict}");
    let host = "out/my-attic/services/cloudflared/cloudflared/dnsendpoint-hello.example.com.yaml";
    assert!(repository.path(host).is_file(), "{host} is not there");

    // What a first change shows: the program has other sources, and the tree is no longer what is declared.
    let directory = "out/my-attic/services/hello/hello";
    let generate = || repository.casemate(&format!("plugin generate {directory}"));
    let generated = generate();
    generated.succeeds();
    assert_eq!(generated.out, repository.casemate(&format!("plugin guard {directory}")).out);
    let config = repository.read("services/config/hello.conf");
    repository.write("services/config/hello.conf", &config.replace("hello\\n", "good day\\n"));
    let refused = generate();
    assert_eq!((refused.code, refused.out.as_str()), (1, ""), "{}", refused.err);
    assert!(refused.err.starts_with("error: services/config/hello.conf: is not what this program"), "{}", refused.err);
    assert_eq!(repository.cargo("run --quiet -- render --check").code, 1);
    assert!(generate().out.contains("good day"), "what was built again generates what is declared now");
    repository.write("services/config/hello.conf", &config);

    adds_services(&repository);

    // A proxy whose digest nobody knows yet renders, and does not pass.
    let cluster = repository.read("services/src/my_attic.rs");
    let awaiting =
        cluster.replace(&format!("linkerd_image!(\"{PROXY}\")"), "linkerd_awaiting_digest!(\"edge-26.8.3\")");
    assert_ne!(cluster, awaiting);
    repository.write("services/src/my_attic.rs", &awaiting);
    repository.cargo("run --quiet -- render").succeeds();
    let Ran { code, err, .. } = repository.casemate("render --check --deny-warnings");
    assert_eq!(code, 3, "{err}");
    assert!(err.contains("edge-26.8.3"), "{err}");

    is_the_guide_s(&repository);
}

/// The guide's repository, which has two clusters, in the place of the template's.
fn is_the_guide_s(repository: &Repository) {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide/services");
    for directory in ["src", "config"] {
        let place = repository.path("services").join(directory);
        fs::remove_dir_all(&place).expect("the directory can be removed");
        fs::create_dir(&place).expect("the directory can be made");
        for entry in fs::read_dir(guide.join(directory)).expect("the directory can be listed") {
            let entry = entry.expect("it has a name");
            fs::copy(entry.path(), place.join(entry.file_name())).expect("the file can be copied");
        }
    }
    repository.cargo("run --quiet -- render").succeeds();
    repository.cargo("run --quiet -- render --check --deny-warnings").succeeds();
    for cluster in ["homelab", "cottage"] {
        assert!(repository.path("out").join(cluster).is_dir(), "{cluster} is not there");
    }
}

/// Services of all kinds, with names and namespaces that mean something in Rust or in the language.
fn adds_services(repository: &Repository) {
    for arguments in [
        "ledger --namespace payments",
        "image --kind statefulset --namespace payments",
        "node-exporter --kind daemonset",
        "deployment --kind job --namespace port",
        "backup-2 --kind cronjob --namespace hello",
    ] {
        repository.casemate(&format!("new service {arguments}")).succeeds();
    }
    is_formatted(repository);
    repository.cargo("test --locked --quiet").succeeds();
    repository.cargo("run --quiet -- render").succeeds();
    for path in [
        "payments/ledger/deployment-ledger.yaml",
        "payments/image/statefulset-image.yaml",
        "node-exporter/node-exporter/daemonset-node-exporter.yaml",
        "port/deployment/job-deployment.yaml",
        "hello/backup-2/cronjob-backup-2.yaml",
    ] {
        assert!(repository.path(&format!("out/my-attic/services/{path}")).is_file(), "{path} is not there");
    }
    let verdict = judge(&World::read(&repository.root(), "out").expect("the tree can be read"), &Peers::default());
    let placeholder = |finding: &&casemate_oracle::Finding| !finding.to_string().contains("digest");
    let findings: Vec<String> = verdict.findings.iter().filter(placeholder).map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{findings:#?}");
    let Ran { code, err, .. } = repository.casemate("render --check --deny-warnings");
    assert_eq!(code, 3, "images that nobody named yet do not pass: {err}");
    assert_eq!(err.matches("awaits its digest").count(), 5, "{err}");
}

#[test]
fn packed_crates_hold_what_a_user_builds_and_no_tests() {
    for package in place::packed() {
        let names = |path| -> Vec<String> {
            let entries = fs::read_dir(path).expect("the directory can be listed");
            entries.map(|entry| entry.expect("it has a name").file_name().to_string_lossy().into_owned()).collect()
        };
        let names = names(package);
        for wanted in ["src", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "Cargo.toml"] {
            assert!(names.iter().any(|name| name == wanted), "{}: {names:?}", package.display());
        }
        for unwanted in ["tests", "benches", "examples"] {
            assert!(!names.iter().any(|name| name == unwanted), "{}: {names:?}", package.display());
        }
    }
}

#[test]
fn the_template_names_the_compiler_of_this_workspace() {
    let channel = |path: &str| {
        let text = fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).expect("it can be read");
        text.lines().find(|line| line.starts_with("channel")).map(str::to_owned)
    };
    let ours = channel("../rust-toolchain.toml");
    assert!(ours.is_some());
    assert_eq!(channel("template/repository/rust-toolchain.toml"), ours);
}
