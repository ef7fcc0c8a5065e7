//! `render`: resolve, render, and write, compare or print.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use casemate_dsl::Cluster;

use super::args::{Format, RenderArgs};
use super::exit::Exit;
use super::{report, several};
use crate::graph::{Graph, Id};
use crate::notice::notices;
use crate::render::{self, Encoding, File};
use crate::resolve::{Finding, Warning, resolve};
use crate::tree::{self, Desired, DesiredDirectory, DesiredFile, KeptData, Scope};

/// Runs `render`.
pub(super) fn render(clusters: impl IntoIterator<Item = Cluster>, args: &RenderArgs) -> Exit {
    if !args.service.is_empty() && !args.check && !args.stdout {
        let message = "`--service` narrows what is printed or compared: add `--stdout` or `--check`. Writing one service without \
                       the other end of its edges would leave a tree that nobody declared.";
        return report::usage(message);
    }
    let (graphs, warnings) = match graphs(clusters, args.cluster.as_deref()) {
        Ok(resolved) => resolved,
        Err(refusal) => return refusal.report(),
    };
    let wanted = match wanted(&graphs, &args.service) {
        Ok(wanted) => wanted,
        Err(message) => return report::usage(&message),
    };
    let encoding = match (args.stdout, args.format) {
        (true, Format::Json) => Encoding::Json,
        _ => Encoding::Yaml,
    };
    let clusters: Vec<&str> = graphs.iter().map(|graph| graph.cluster.name.as_str()).collect();
    let notices = graphs.iter().flat_map(|graph| {
        let name = graph.cluster.name.as_str();
        notices(graph).into_iter().map(move |notice| (name, notice))
    });
    let notices = several::merged(graphs.len(), notices, |notice| notice);
    let mut files = Vec::new();
    let mut findings = Vec::new();
    // A graph is dropped once it is rendered: from then on memory is for texts.
    for graph in graphs {
        let name = graph.cluster.name.as_str();
        match render::render(&graph, wanted.as_deref(), encoding) {
            Ok(rendered) => {
                files.extend(rendered);
                // They are of the whole cluster, and no objects.
                if wanted.is_none() && !args.stdout {
                    files.extend(render::beside(&graph));
                }
            }
            Err(found) => findings.extend(found.into_iter().map(|finding| (name, finding))),
        }
    }
    let findings = several::merged(clusters.len(), findings, |finding| &mut finding.whose);
    if !findings.is_empty() {
        return report::findings(&findings);
    }
    report::warnings(&warnings, args.deny_warnings);
    if args.deny_warnings && !warnings.is_empty() {
        return Exit::Invalid;
    }
    if args.stdout {
        return print(&files, args.format);
    }
    let other_files = files.iter().filter(|file| file.title.is_none()).count();
    let scope = if wanted.is_some() { Scope::Paths(paths(&files)) } else { Scope::Everything };
    let desired = match Desired::new(&clusters, directories(files)) {
        Ok(desired) => desired,
        Err(errors) => return report::tree(&errors),
    };
    if args.check {
        check(args, &desired, &scope)
    } else {
        write(args, &desired, other_files, warnings.len(), &notices)
    }
}

/// Why nothing was rendered.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The arguments name something that is not there.
    Usage(String),
    /// Declarations are wrong.
    Invalid(Vec<Finding>),
}

impl Refusal {
    /// Says so.
    pub(super) fn report(self) -> Exit {
        match self {
            Self::Usage(message) => report::usage(&message),
            Self::Invalid(findings) => report::findings(&findings),
        }
    }
}

/// The graphs of the clusters, or of the one that is named.
pub(super) fn graphs(
    clusters: impl IntoIterator<Item = Cluster>,
    only: Option<&str>,
) -> Result<(Vec<Graph>, Vec<Warning>), Refusal> {
    let mut graphs: Vec<Graph> = Vec::new();
    let mut warnings = Vec::new();
    let mut findings = Vec::new();
    let mut names = Vec::new();
    let mut resolved_clusters = 0;
    for cluster in clusters {
        let name = cluster.name();
        if names.contains(&name.as_str()) {
            let twice = Finding {
                whose: format!("cluster {name}"),
                at: None,
                wrong: "two clusters have this name, which is their directory in the tree".to_owned(),
                instead: "give one of them another name".to_owned(),
            };
            findings.push((name.as_str(), twice));
        }
        names.push(name.as_str());
        if only.is_some_and(|only| only != name.as_str()) {
            continue;
        }
        resolved_clusters += 1;
        match resolve(cluster) {
            Ok(resolved) => {
                graphs.push(resolved.graph);
                warnings.extend(resolved.warnings.into_iter().map(|warning| (name.as_str(), warning)));
            }
            Err(found) => findings.extend(found.into_iter().map(|finding| (name.as_str(), finding))),
        }
    }
    let warnings = several::merged(resolved_clusters, warnings, |warning| &mut warning.whose);
    let findings = several::merged(resolved_clusters, findings, |finding| &mut finding.whose);
    if let Some(only) = only.filter(|only| !names.contains(only)) {
        return Err(Refusal::Usage(format!("there is no cluster `{only}`; there is {}", report::list(&names))));
    }
    if findings.is_empty() { Ok((graphs, warnings)) } else { Err(Refusal::Invalid(findings)) }
}

/// The services that were named, or `None` for all of them.
fn wanted(graphs: &[Graph], names: &[String]) -> Result<Option<Vec<Id>>, String> {
    if names.is_empty() {
        return Ok(None);
    }
    // Several clusters may run a service.
    let all: BTreeSet<Id> = graphs.iter().flat_map(|graph| graph.services.keys().copied()).collect();
    let mut wanted = Vec::new();
    for name in names {
        let found: Vec<Id> =
            all.iter().copied().filter(|id| id.name.as_str() == name || id.to_string() == *name).collect();
        if found.is_empty() {
            let known: Vec<String> = all.iter().map(ToString::to_string).collect();
            return Err(format!("there is no service `{name}`; there is {}", report::list(&known)));
        }
        wanted.extend(found);
    }
    Ok(Some(wanted))
}

fn paths(files: &[File]) -> Vec<String> {
    let mut paths: Vec<String> = files
        .iter()
        // A service's directory is its own; of the directory of Applications, only its file is.
        .map(|file| {
            if file.directory.ends_with("/argocd/services") {
                format!("{}/{}", file.directory, file.name)
            } else {
                file.directory.to_string()
            }
        })
        .collect();
    paths.dedup();
    paths
}

fn directories(files: Vec<File>) -> Vec<DesiredDirectory> {
    let mut directories: Vec<DesiredDirectory> = Vec::new();
    for File { directory, name, text, title, keeps_data } in files {
        let data = title
            .as_deref()
            .filter(|_| keeps_data)
            .and_then(|title| title.split_once(' '))
            .map(|(kind, object)| KeptData::new(kind, object));
        let file = DesiredFile { name, bytes: text, data };
        match directories.last_mut() {
            Some(last) if *last.path == *directory => last.files.push(file),
            _ => directories.push(DesiredDirectory { path: directory.to_string(), files: vec![file] }),
        }
    }
    directories
}

fn write(args: &RenderArgs, desired: &Desired, other_files: usize, warnings: usize, notices: &[String]) -> Exit {
    match tree::write(&args.out, desired, args.force) {
        Ok(summary) => report::summary(&args.out, &summary, other_files, warnings, notices, args.format),
        Err(errors) => report::tree(&errors),
    }
}

fn check(args: &RenderArgs, desired: &Desired, scope: &Scope) -> Exit {
    match tree::compare(&args.out, desired, scope) {
        Ok(comparison) => report::comparison(&comparison, args.format),
        Err(errors) => report::tree(&errors),
    }
}

/// Prints objects: pages are none.
fn print(files: &[File], format: Format) -> Exit {
    let mut text = String::new();
    let objects = files.iter().filter(|file| file.title.is_some());
    match format {
        Format::Yaml => {
            for (number, file) in objects.enumerate() {
                let separator = if number == 0 { "" } else { "---\n" };
                let _ = write!(text, "{separator}# {}/{}\n{}", file.directory, file.name, file.text);
            }
        }
        Format::Json => {
            let items: Vec<&str> = objects.map(|file| file.text.trim_end()).collect();
            let _ = writeln!(text, "{{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[\n{}\n]}}", items.join(",\n"));
        }
    }
    report::print(&text)
}
