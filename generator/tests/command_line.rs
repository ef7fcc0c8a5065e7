//! The command line over clusters that a repository's own does not show: mistaken ones, and several. How a run ends is what a CI job
//! sees; what the program prints, the tests of `services` read.

#![expect(clippy::expect_used, reason = "a test that cannot begin stops")]

#[path = "../../snapshots/example.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod example;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use casemate_dsl::prelude::*;
use tempfile::TempDir;

use example::{API, cluster, ledger, named};

fn empty() -> TempDir {
    tempfile::tempdir().expect("a directory can be made")
}

fn run(clusters: impl IntoIterator<Item = Cluster>, arguments: &[&str], out: &Path) -> ExitCode {
    let arguments = ["casemate"].iter().chain(arguments).map(OsString::from);
    casemate::run_with(clusters, arguments.chain(["--out".into(), out.into()]))
}

fn good() -> Cluster {
    cluster().runs(Deployment::new(ledger()))
}

fn mistaken() -> Cluster {
    cluster().runs(Deployment::new(ledger().serves(API)))
}

fn other() -> Cluster {
    let dns = Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns"), node_local: None };
    named(name!("other"), ApiServers::at(ip!("192.168.2.10"), port_number!(6443)), dns).runs(Deployment::new(ledger()))
}

#[test]
fn a_cluster_without_mistakes_is_written() {
    let out = empty();
    assert_eq!(run([good()], &["render", "--deny-warnings"], out.path()), ExitCode::SUCCESS);
    assert!(out.path().join("example/services/payments/ledger").is_dir());
}

#[test]
fn a_mistaken_declaration_exits_with_3_and_nothing_is_written() {
    let out = empty();
    for arguments in [&["render"][..], &["render", "--force"], &["render", "--check"]] {
        assert_eq!(run([mistaken()], arguments, out.path()), ExitCode::from(3), "{arguments:?}");
    }
    assert!(out.path().read_dir().expect("the directory is there").next().is_none());
}

#[test]
fn one_mistaken_cluster_keeps_all_from_being_written() {
    let out = empty();
    assert_eq!(run([other(), mistaken()], &["render"], out.path()), ExitCode::from(3));
    assert!(!out.path().join("other").exists());
}

#[test]
fn two_clusters_have_two_names() {
    let out = empty();
    assert_eq!(run([good(), good()], &["render"], out.path()), ExitCode::from(3));
}

#[test]
fn clusters_have_a_directory_each_and_one_is_written_without_the_other() {
    let out = empty();
    assert_eq!(run([good(), other()], &["render"], out.path()), ExitCode::SUCCESS);
    std::fs::remove_dir_all(out.path().join("other")).expect("the directory can be removed");
    assert_eq!(run([good(), other()], &["render", "--cluster", "example"], out.path()), ExitCode::SUCCESS);
    assert!(out.path().join("example").is_dir());
    assert!(!out.path().join("other").exists());
    assert_eq!(run([good(), other()], &["render", "--check"], out.path()), ExitCode::from(1));
}
