//! Rendering: from a graph to the files of a tree, on all cores.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use casemate_dsl::word::{Name, Namespace};

use crate::graph::{ChartNode, Graph, Id, NamespaceNode, PlatformNamespace, Service};
use crate::manifest::{Manifest, Place};
use crate::network::EdgesOf;
use crate::register::{self, Page, Seen};
use crate::resolve::{Finding, Findings};
use crate::{access, gitops, mesh, network, perimeter, platform, policy, runtime, secrets, yaml};

/// A file of the tree.
#[derive(Debug)]
pub(crate) struct File {
    /// Its directory, from the root of the tree. Its files share it.
    pub(crate) directory: Arc<str>,
    /// Its name.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) text: String,
    /// `kind namespace/name` of its object; none of a file that nothing applies.
    pub(crate) title: Option<String>,
    /// Whether it holds data that outlive the file.
    pub(crate) keeps_data: bool,
}

/// How an object becomes text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Encoding {
    /// As in the tree, with the line that says where it comes from.
    Yaml,
    /// For programs.
    Json,
}

/// What is rendered together, so that little is in memory at once.
enum Part<'a> {
    Cluster,
    Namespace(Namespace, &'a NamespaceNode),
    Service(&'a Service),
    PlatformNamespace(Name, PlatformNamespace),
    Chart(&'a ChartNode),
}

/// The files of a cluster, in the order of their paths. Of services only those that `wanted` names, where it names any; then there are
/// no pages, which are about all.
///
/// # Errors
///
/// A finding for every two objects that would be one in the cluster.
pub(crate) fn render(graph: &Graph, wanted: Option<&[Id]>, encoding: Encoding) -> Result<Vec<File>, Vec<Finding>> {
    let edges = network::edges_of(graph);
    let parts: Vec<Part<'_>> = match wanted {
        Some(wanted) => {
            graph.services.values().filter(|service| wanted.contains(&service.id)).map(Part::Service).collect()
        }
        None => std::iter::once(Part::Cluster)
            .chain(graph.namespaces.iter().map(|(namespace, node)| Part::Namespace(*namespace, node)))
            .chain(graph.services.values().map(Part::Service))
            .chain(graph.platform.namespaces.iter().map(|(name, node)| Part::PlatformNamespace(*name, *node)))
            .chain(graph.platform.charts.values().map(Part::Chart))
            .collect(),
    };
    let by_path = |one: &File, other: &File| (&one.directory, &one.name).cmp(&(&other.directory, &other.name));
    let rendered = on_all_cores(&parts, |parts| {
        let (mut files, mut scratch, mut seen) = (Vec::new(), String::new(), Seen::default());
        for part in parts {
            for manifest in manifests(graph, &edges, part) {
                if wanted.is_none() {
                    seen.look(&manifest);
                }
                files.push(file(manifest, encoding, &mut scratch));
            }
        }
        files.sort_unstable_by(by_path);
        (files, seen)
    });
    let (sorted, seen): (Vec<Vec<File>>, Vec<Seen>) = rendered.into_iter().unzip();
    let mut sorted = sorted.into_iter();
    let mut files = sorted.next().unwrap_or_default();
    files.reserve_exact(sorted.as_slice().iter().map(Vec::len).sum());
    files.extend(sorted.flatten());
    if wanted.is_none() {
        files.extend(pages(graph, seen));
    }
    // Each core's are sorted: this sort finds that, and merges.
    files.sort_by(by_path);
    let twice = twice(graph, &files);
    if twice.is_empty() { Ok(files) } else { Err(twice) }
}

/// Files of a cluster that are no objects, which nothing applies.
pub(crate) fn beside(graph: &Graph) -> Vec<File> {
    gitops::sidecar(&graph.cluster)
}

fn manifests(graph: &Graph, edges: &BTreeMap<Id, EdgesOf<'_>>, part: &Part<'_>) -> Vec<Manifest> {
    let facts = &graph.cluster;
    match part {
        Part::Cluster => {
            let mut manifests = gitops::of_cluster(graph);
            manifests.extend(policy::of_cluster(graph));
            manifests
        }
        Part::Namespace(namespace, node) => {
            let place = Place::of_namespace(facts.name, *namespace);
            let mut manifests = vec![gitops::namespace(facts, *namespace, &place)];
            manifests.extend(network::of_namespace(graph, *namespace, node, &place));
            manifests.extend(mesh::of_namespace(*namespace, node, &place));
            manifests.extend(mesh::metrics(facts, *namespace, &place));
            manifests.extend(secrets::pull_secrets(graph, *namespace, node, &place));
            manifests.extend(runtime::shared_claims(*namespace, node, &place));
            manifests.extend(runtime::bounds(*namespace, node, &place));
            manifests.extend(gitops::of_namespace(graph, *namespace));
            manifests
        }
        Part::PlatformNamespace(name, namespace) => {
            let mut manifests = vec![platform::of_namespace(graph, *name, *namespace)];
            manifests.extend(gitops::of_platform_namespace(facts, *name));
            manifests
        }
        Part::Chart(chart) => {
            let mut manifests = platform::beside(graph, chart);
            manifests.extend(gitops::of_chart(graph, chart));
            manifests
        }
        Part::Service(service) => {
            let place = Place::of_service(facts.name, service.id);
            let none = EdgesOf::default();
            let edges = edges.get(&service.id).unwrap_or(&none);
            let mut manifests = runtime::manifests(graph, service, &place);
            manifests.extend(secrets::manifests(graph, service, &place));
            manifests.extend(access::manifests(facts, service, &place));
            manifests.extend(network::of_service(graph, service, edges, &place));
            manifests.extend(mesh::of_service(facts, service, edges, &place));
            if let Some(perimeter) = graph.perimeter.as_ref().filter(|perimeter| perimeter.id == service.id) {
                manifests.extend(perimeter::manifests(perimeter, &place));
            }
            manifests.push(gitops::of_service(facts, service));
            manifests
        }
    }
}

/// The pages that people read, by what every core saw.
fn pages(graph: &Graph, seen: Vec<Seen>) -> impl Iterator<Item = File> {
    let seen = seen.into_iter().fold(Seen::default(), |mut all, seen| {
        all.add(seen);
        all
    });
    let directory: Arc<str> = format!("{}/{}", graph.cluster.name, register::DIRECTORY).into();
    register::pages(graph, &seen.sorted()).into_iter().map(move |Page { file, text }| File {
        directory: Arc::clone(&directory),
        name: file,
        text,
        title: None,
        keeps_data: false,
    })
}

/// The file of a manifest. The scratch memory keeps texts from growing step by step and from keeping what they grew into.
#[expect(clippy::expect_used, reason = "a manifest is a tree of strings, numbers and booleans: each has a YAML form")]
fn file(manifest: Manifest, encoding: Encoding, scratch: &mut String) -> File {
    let text = match encoding {
        Encoding::Yaml => {
            scratch.clear();
            scratch.extend(manifest.header());
            yaml::write_yaml(scratch, &manifest.object).expect("a manifest has a YAML form");
            scratch.as_str().to_owned()
        }
        Encoding::Json => yaml::to_json(&manifest.object).expect("a manifest has a JSON form"),
    };
    let title = Some(manifest.title());
    let Manifest { directory, file, keeps_data, .. } = manifest;
    File { directory, name: file, text, title, keeps_data }
}

fn twice(graph: &Graph, files: &[File]) -> Vec<Finding> {
    let mut owners: HashMap<&str, &str> = HashMap::with_capacity(files.len());
    let mut findings = Findings::default();
    for file in files {
        let Some(title) = &file.title else { continue };
        if let Some(other) = owners.insert(title, &file.directory) {
            let wrong = format!("{title} would be rendered twice, into {other} and {}", file.directory);
            let instead = "give one of the services, items or claims that are named after one another a different name";
            findings.add_nowhere(format!("cluster {}", graph.cluster.name), wrong, instead);
        }
    }
    findings.into_sorted()
}

/// What each core makes of its items. Whichever is ready takes the next few: neither a busy core nor large items make the others
/// wait.
fn on_all_cores<I: Sync, O: Send>(items: &[I], work: impl Fn(&mut dyn Iterator<Item = &I>) -> O + Sync) -> Vec<O> {
    const FEW: usize = 8;
    let cores = thread::available_parallelism().map_or(1, NonZero::get).min(items.len().div_ceil(FEW));
    let taken = AtomicUsize::new(0);
    let work = || {
        let few = || items.chunks(FEW).nth(taken.fetch_add(1, Ordering::Relaxed));
        work(&mut std::iter::from_fn(few).flatten())
    };
    thread::scope(|scope| {
        // The thread that waits works, too.
        let workers: Vec<_> = (1..cores).map(|_| scope.spawn(work)).collect();
        let mut outputs = vec![work()];
        for worker in workers {
            outputs.push(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        outputs
    })
}
