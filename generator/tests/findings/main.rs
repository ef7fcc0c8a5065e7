//! What `resolve` finds: each mistake beside a twin without it, and the whole message.
//!
//! A message names lines of these files. Here it shows the call at the place that it names, so that a test says whether the place is
//! right, and does not change with the lines above it.

#![expect(clippy::expect_used, reason = "a test that cannot begin stops")]

#[path = "../../../snapshots/example.rs"]
mod example;

mod access;
mod bounds;
mod calls;
mod charts;
mod claims;
mod cluster;
mod complete;
mod config;
mod created;
mod credentials;
mod databases;
mod directories;
mod exposed_paths;
mod exposures;
mod identities;
mod image_volumes;
mod inbound;
mod locations;
mod mounts;
mod names;
mod observability;
mod offers;
mod outside;
mod placement;
mod policies;
mod ports;
mod probes;
mod said_once;
mod scratch;
mod secrets;
mod settings;
mod variables;
mod webhooks;
mod workloads;

use std::cmp::Ordering;
use std::fmt::Write as _;
use std::path::Path;

use casemate_dsl::prelude::*;

use example::{Ledger, cluster, ledger};

/// That a cluster has no findings.
#[track_caller]
fn accepted(cluster: Cluster) {
    if let Err(findings) = casemate::render(cluster) {
        panic!("{findings}");
    }
}

/// All findings about a cluster, as they are printed.
#[track_caller]
fn findings(cluster: Cluster) -> Vec<String> {
    let findings = casemate::render(cluster).expect_err("the cluster has a mistake");
    findings.iter().map(str::to_owned).collect()
}

/// The only finding about a cluster, with the source in place of line numbers.
#[track_caller]
fn refused(cluster: Cluster) -> String {
    let findings = findings(cluster);
    assert_eq!(findings.len(), 1, "one mistake is one finding:\n{}", findings.join("\n\n"));
    with_source(&findings[0])
}

/// A cluster of this Kubernetes that runs nothing yet.
#[track_caller]
fn of_kubernetes(version: KubernetesVersion) -> Cluster {
    example::versioned(
        version,
        name!("example"),
        ApiServers::at(ip!("192.168.1.10"), port_number!(6443)),
        Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns"), node_local: None },
        ClusterNetworks::PodsAndServices,
    )
}

/// A cluster that runs the ledger with this container.
#[track_caller]
fn running(container: ReadyContainer<Ledger>) -> Cluster {
    cluster().runs(Deployment::new(container))
}

/// A cluster that runs the ledger with this container, and a small one beside it that says more.
#[track_caller]
fn beside(
    container: ReadyContainer<Ledger>,
    said: impl FnOnce(ReadyContainer<Ledger>) -> ReadyContainer<Ledger>,
) -> Cluster {
    let exporter = Ledger::container_named(name!("exporter"), example::IMAGE)
        .resources(cpu!("10m"), memory!("16Mi"))
        .probes(Probes::only_alive(exec(["/exporter", "check"])));
    cluster().default_storage(storage_class!("longhorn")).runs(Deployment::new(container).container(said(exporter)))
}

/// A cluster that runs the ledger as a Deployment that says more.
#[track_caller]
fn deployed(said: impl FnOnce(Deployment<Ledger>) -> Deployment<Ledger>) -> Cluster {
    cluster().runs(said(Deployment::new(ledger())))
}

/// A message with the source in place of each `file.rs:line:column`, and in place of each `file.rs:line` where that is from there.
fn with_source(message: &str) -> String {
    let mut text = String::new();
    let mut rest = message;
    let cause = message.split_once("--> ").and_then(|(_, place)| Place::first_in(place));
    while let Some(place) = Place::first_in(rest) {
        let said = match (place.column, &cause) {
            (Some(column), _) => format!("`{}`", place.call_at(column)),
            (None, Some(cause)) if cause.file == place.file => match place.line.cmp(&cause.line) {
                Ordering::Less => "above".to_owned(),
                Ordering::Equal => "on the same line".to_owned(),
                Ordering::Greater => "below".to_owned(),
            },
            (None, _) => "elsewhere".to_owned(),
        };
        let _ = write!(text, "{}{} {said}", place.before, place.name());
        rest = place.after;
    }
    text + rest
}

/// A place in a message, with the text around it.
#[derive(Debug)]
struct Place<'a> {
    before: &'a str,
    file: &'a str,
    line: usize,
    column: Option<usize>,
    after: &'a str,
}

impl<'a> Place<'a> {
    fn first_in(message: &'a str) -> Option<Self> {
        let end = message.find(".rs:")? + ".rs".len();
        let start = message[..end].rfind([' ', '(']).map_or(0, |at| at + 1);
        let (line, after) = number(&message[end..])?;
        let (column, after) = number(after).map_or((None, after), |(column, after)| (Some(column), after));
        Some(Self { before: &message[..start], file: &message[start..end], line, column, after })
    }

    fn name(&self) -> &'a str {
        self.file.rsplit('/').next().unwrap_or(self.file)
    }

    /// The call that begins at this column, or its name where it has several lines. Files are named from the root of the workspace.
    fn call_at(&self, column: usize) -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(self.file);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let line = text.lines().nth(self.line - 1).expect("the line is one of the file's");
        let call = &line[column - 1..];
        let mut open = 0_usize;
        for (at, character) in call.char_indices() {
            match character {
                '(' => open += 1,
                ')' if open == 1 => return call[..=at].to_owned(),
                ')' => open -= 1,
                _ => {}
            }
        }
        format!("{}..)", call.trim_end())
    }
}

/// The number behind a colon, and what follows it.
fn number(text: &str) -> Option<(usize, &str)> {
    let text = text.strip_prefix(':')?;
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}
