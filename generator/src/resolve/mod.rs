//! `resolve`: from a set of declarations to their meaning, or to everything that is wrong with them.
//!
//! Types prove each declaration; what only the set shows is found here: two identities with one name, a call to a service that
//! nobody listed, two owners of a hostname. All findings are reported at once, and nothing is rendered while there is one.

#![expect(
    clippy::needless_pass_by_value,
    reason = "views are consumed: each is taken apart once, without `..`, and nothing reads it afterwards"
)]

mod access;
mod bounds;
mod call;
mod chart;
mod claim;
mod container;
mod containers;
mod created;
pub(crate) mod credential;
mod database;
mod environment;
mod exposure;
mod finding;
mod inbound;
mod mount;
mod namespace;
mod observability;
mod offer;
mod outside;
mod peer;
mod placement;
mod plugin;
mod probe;
mod reference;
mod service;
mod settings;
mod text;
mod warning;
mod webhook;
mod workload;

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::said::{Place, Said};
use casemate_dsl::view;
use casemate_dsl::word::{Image, Name, Namespace};
use casemate_dsl::{Cluster, OnePassword};

pub(crate) use container::{PLACEHOLDER_DIGEST, pinned};
pub(crate) use finding::{Finding, Findings};
pub(crate) use mount::secret_name;
pub(crate) use namespace::pull_secret_name;
pub(crate) use service::config_name;
pub(crate) use settings::DEFAULT_ID;
pub(crate) use warning::Warning;

use crate::graph::{Facts, Graph, Id, NamespaceNode};
use crate::perimeter;

/// What a cluster's declarations mean, and what is not as it should be yet.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) graph: Graph,
    pub(crate) warnings: Vec<Warning>,
}

/// Resolves a cluster.
///
/// # Errors
///
/// All findings, in the order of the source.
#[expect(clippy::too_many_lines, reason = "one call after the other, in an order that matters")]
pub(crate) fn resolve(cluster: Cluster) -> Result<Resolved, Vec<Finding>> {
    let view::Cluster {
        name,
        kubernetes,
        linkerd,
        argocd,
        vault,
        default_storage,
        storage,
        priority_classes,
        runtime_classes,
        bounds,
        pulls,
        tunnel,
        cert_manager,
        cloud_native_pg,
        observability,
        installed,
        plugin,
        kyverno,
        one_password,
        exposures,
        services,
        seal: _,
    } = cluster.into_view();

    let mut findings = Findings::default();
    let whose = format!("cluster {}", name.what);
    let default_class = findings.once(&whose, "the default storage class", default_storage).map(|said| said.what);
    let classes: BTreeSet<_> = storage.into_iter().map(|said| said.what).chain(default_class).collect();
    let tunnel = findings.once(&whose, "the tunnel", tunnel);
    let mut warnings = Vec::new();
    if linkerd.proxy.awaits_digest() {
        warnings.push(Warning::awaiting_digest(&whose, format!("Linkerd's proxy {}", linkerd.proxy.as_str()), name.at));
    }

    let operator = findings.once(&whose, "the namespace of CloudNativePG", cloud_native_pg);
    let cert_manager = findings.once(&whose, "the namespace of cert-manager", cert_manager).map(|said| said.what);
    let cloud_native_pg = operator.as_ref().map(|said| said.what);
    let watched = observability::observability(&mut findings, &whose, observability);
    let watched_at = watched.as_ref().map_or(name.at, |(_, at)| *at);
    let observability = watched.map(|(observability, _)| observability);
    let plugin = plugin::plugin(&mut findings, &mut warnings, &name, plugin);
    let engine = findings.once(&whose, "the namespace of Kyverno", kyverno);
    // An engine without policies would judge nothing: its chart brings them.
    let kyverno = engine.as_ref().map(|said| said.what).or_else(|| chart::engine(&installed));
    let one_password = findings.once(&whose, "the 1Password operator", one_password);
    let one_password = one_password.map_or(OnePassword::CHART, |said| said.what);
    let facts = Facts {
        name: name.what,
        kubernetes,
        linkerd,
        argocd,
        vault,
        cert_manager,
        cloud_native_pg,
        observability,
        plugin,
        kyverno,
        one_password,
    };
    let storage = service::Storage { default_class, classes };
    let classes = placement::Classes {
        priority: priority_classes.into_iter().map(|said| said.what).collect(),
        runtime: runtime_classes.into_iter().map(|said| said.what).collect(),
    };
    let services = service::distinct(&mut findings, services);
    let mut resolved: BTreeMap<Id, service::Resolved> = BTreeMap::new();
    for (id, Said { what, at: _ }) in services {
        resolved.insert(id, service::service(&mut findings, &facts, &storage, &classes, id, what));
    }

    placement::check_neighbours(&mut findings, &resolved);
    let tunnel_at = tunnel.as_ref().map_or(name.at, |tunnel| tunnel.at);
    created::add(&mut findings, &mut resolved);
    let mut peers = peer::Peers::beside(&resolved, tunnel.as_ref());
    access::check(&mut findings, &mut resolved);
    webhook::webhooks(&mut findings, &facts, &mut resolved);
    check_operator(&mut findings, &whose, "CloudNativePG", "cnpg-system", operator, &peers);
    check_operator(&mut findings, &whose, "Kyverno", "kyverno", engine, &peers);
    observability::check_peers(&mut findings, &whose, facts.observability.as_ref(), watched_at, &mut peers);
    let platform = chart::platform(&mut findings, &facts, &peers, installed);
    let mut databases = database::Databases::default();
    let mut edges = call::edges(&mut findings, &resolved, &mut peers, &mut databases);
    let mut inbound = inbound::inbound(&mut findings, &mut resolved, &mut peers);
    observability::scraped(&mut findings, facts.observability.as_ref(), &resolved, &edges, &mut inbound);
    let exposed = exposure::exposed(&mut findings, &whose, &mut resolved, exposures, &mut peers);
    let registries = namespace::registries(&mut findings, name.what, pulls);
    let mut namespaces = namespace::namespaces(&mut findings, &facts, &mut resolved, &registries);
    databases.into_namespaces(&mut findings, &facts, &mut peers, &mut namespaces);
    warnings.extend(resolved.values().flat_map(awaiting_digests));
    let mut services: BTreeMap<Id, crate::graph::Service> =
        resolved.into_iter().map(|(id, resolved)| (id, resolved.service)).collect();

    let perimeter = exposure::perimeter(&mut findings, &whose, tunnel, exposed);
    if let Some(perimeter) = &perimeter {
        warnings.extend(awaiting_digest(perimeter.id, perimeter.tunnel.image, tunnel_at));
        check_tunnel(&mut findings, &whose, &facts, perimeter.id.namespace, tunnel_at, &namespaces);
        let mut cloudflared = perimeter::cloudflared(&facts, perimeter);
        namespace::add_cloudflared(&mut namespaces, &mut cloudflared, perimeter.tunnel.image, &registries);
        edges.extend(
            perimeter.each_rule().map(|(_, rule)| crate::graph::Edge { from: perimeter.id, to: rule.to.clone() }),
        );
        services.insert(perimeter.id, cloudflared);
    }

    bounds::bound(&mut findings, &facts, &whose, &mut namespaces, &services, bounds);

    let found = findings.into_sorted();
    if found.is_empty() {
        let graph = Graph { cluster: facts, namespaces, services, edges, inbound, platform, perimeter };
        Ok(Resolved { graph, warnings })
    } else {
        Err(found)
    }
}

/// The images of a service whose digests are not known yet.
fn awaiting_digests(service: &service::Resolved) -> impl Iterator<Item = Warning> {
    service.images.iter().filter_map(|image| awaiting_digest(service.service.id, image.what, image.at))
}

fn awaiting_digest(whose: Id, image: Image, at: Place) -> Option<Warning> {
    let of = |image: Image| Warning::awaiting_digest(whose, format!("the image {}", image.as_str()), at);
    image.awaits_digest().then(|| of(image))
}

/// The tunnel has a namespace of its own.
fn check_tunnel(
    findings: &mut Findings,
    whose: &str,
    facts: &Facts,
    namespace: Namespace,
    at: Place,
    namespaces: &Namespaces,
) {
    namespace::check_owner(findings, facts, whose, namespace, at);
    if namespaces.contains_key(&namespace) {
        let wrong = format!("services run in namespace {namespace}, which is the tunnel's");
        let instead = "give the tunnel a namespace of its own: whatever runs beside it could reach what it reaches";
        findings.add(whose, at, wrong, instead);
    }
}

/// The operator of databases runs in a namespace of its own.
fn check_operator(
    findings: &mut Findings,
    whose: &str,
    who: &str,
    usual: &str,
    said: Option<Said<Name>>,
    peers: &peer::Peers,
) {
    if let Some((said, owner)) = said.and_then(|said| peers.owner(said.what).map(|owner| (said, owner))) {
        let wrong = format!("{who} would run in namespace {}, which belongs to {owner}", said.what);
        findings.add(whose, said.at, wrong, format!("name the namespace of its chart: `name!(\"{usual}\")`"));
    }
}

/// The namespaces of a graph, each with what `namespace` gathers.
type Namespaces = BTreeMap<Namespace, NamespaceNode>;
