//! Namespaces: what their services share, and cannot disagree about.

use std::collections::BTreeMap;

use casemate_dsl::Item;
use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{ExternalProtocol, PullSecret};
use casemate_dsl::word::{Host, Image, Name, Namespace};

use super::Namespaces;
use super::claim::NamespaceClaims;
use super::finding::Findings;
use super::service::Resolved;
use crate::graph::{Facts, Id, NamespaceNode, Outside, OutsidePort, Service};

/// The ports that Linkerd takes for opaque unless told otherwise: on those it looks for no host. *Linkerd, TCP proxying*.
const OPAQUE_PORTS: &[u16] = &[25, 587, 3306, 4444, 5432, 6379, 9300, 11211];

/// What is left of the longest name of a file for a host, in `httproute-egress-65535-<host>.yaml`.
const HOST_LIMIT: usize = 208;

/// The namespaces of these services.
pub(super) fn namespaces(
    findings: &mut Findings,
    facts: &Facts,
    services: &mut BTreeMap<Id, Resolved>,
    registries: &Registries,
) -> Namespaces {
    let mut namespaces = Namespaces::new();
    let mut claims = NamespaceClaims::default();
    let mut ports: BTreeMap<(Namespace, u16), (ExternalProtocol, Id, Place)> = BTreeMap::new();
    for (id, resolved) in &mut *services {
        check_owner(findings, facts, &id.to_string(), id.namespace, resolved.declared);
        let node = namespaces.entry(id.namespace).or_default();
        claims.add(findings, node, *id, resolved);
        for image in &resolved.images {
            pull(node, &mut resolved.service, image.what, registries);
        }
        for (port, protocol, host, at) in &resolved.reached {
            check_host(findings, facts, *id, *port, *host, at);
            reach(findings, &mut ports, *id, *port, *protocol, *host, at);
        }
        add_hosts(node, &resolved.service);
    }
    claims.check_names(findings, services);
    namespaces
}

/// Adds the tunnel's own service to its namespace.
pub(super) fn add_cloudflared(
    namespaces: &mut Namespaces,
    cloudflared: &mut Service,
    image: Image,
    registries: &Registries,
) {
    let node = namespaces.entry(cloudflared.id.namespace).or_default();
    pull(node, cloudflared, image, registries);
    add_hosts(node, cloudflared);
}

/// Gives a service, and its namespace, the Secret with which this image is pulled.
fn pull(node: &mut NamespaceNode, service: &mut Service, image: Image, registries: &Registries) {
    for (_, item) in registries.iter().filter(|(host, _)| host.as_str() == image.registry()) {
        node.pulls.insert(*item);
        service.pod.pull_secrets.insert(pull_secret_name(*item));
    }
}

/// The name of the Secret that holds the credentials of a registry.
pub(crate) fn pull_secret_name(item: Item) -> String {
    format!("pull-{}", item.name())
}

fn add_hosts(node: &mut NamespaceNode, service: &Service) {
    for outside in &service.outside {
        if let Outside::Host { port, host, protocol } = *outside {
            node.outside
                .entry(port)
                .or_insert_with(|| OutsidePort { protocol, hosts: std::collections::BTreeSet::new() })
                .hosts
                .insert(host);
        }
    }
}

/// Which item holds the credentials of which registry.
pub(super) type Registries = BTreeMap<Host, Item>;

/// The credentials that the cluster names.
pub(super) fn registries(findings: &mut Findings, cluster: Name, pulls: Vec<Said<PullSecret>>) -> Registries {
    let mut registries = BTreeMap::new();
    for Said { what: PullSecret { registry, item, seal: _ }, at } in pulls {
        if registries.insert(registry, item).is_some_and(|other| other != item) {
            let wrong = format!("images of {registry} are pulled with two items");
            findings.add(format!("cluster {cluster}"), at, wrong, "say `.pulls(..)` once for each registry");
        }
    }
    registries
}

/// No service, and no tunnel, lives in a namespace of the platform.
pub(super) fn check_owner(findings: &mut Findings, facts: &Facts, whose: &str, lives_in: Namespace, at: Place) {
    let taken = [
        (facts.argocd.namespace, "Argo CD"),
        (facts.linkerd.namespace, "Linkerd's control plane"),
        (facts.kubernetes.dns.namespace, "the cluster's DNS"),
    ];
    for (namespace, owner) in taken {
        if namespace.as_str() == lives_in.as_str() {
            let wrong = format!("namespace {namespace} belongs to {owner}");
            findings.add(whose, at, wrong, "choose a namespace that holds services only");
        }
    }
}

/// A host is outside of the cluster, and its route can be named after it.
fn check_host(findings: &mut Findings, facts: &Facts, id: Id, port: u16, host: Host, at: Place) {
    let domain = facts.kubernetes.domain;
    if host.as_str().strip_suffix(domain.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')) {
        let wrong = format!("reaches {host}, which is within the cluster");
        findings.add(id, at, wrong, "call the port that the service or the peer declares: `.calls(ledger::API)`");
    }
    if host.as_str().len() > HOST_LIMIT {
        let wrong = format!("reaches {host} on port {port}, and its route would have too long a name");
        findings.add(id, at, wrong, format!("name a host of at most {HOST_LIMIT} characters"));
    }
}

fn reach(
    findings: &mut Findings,
    ports: &mut BTreeMap<(Namespace, u16), (ExternalProtocol, Id, Place)>,
    id: Id,
    port: u16,
    protocol: ExternalProtocol,
    host: Host,
    at: Place,
) {
    if protocol != ExternalProtocol::Tcp && OPAQUE_PORTS.contains(&port) {
        let wrong = format!("Linkerd takes port {port} for opaque and would not find {host} on it");
        findings.add(id, at, wrong, "say `External::tcp(..)`: then any host can be reached on this port");
    }
    let (first, other, place) = *ports.entry((id.namespace, port)).or_insert((protocol, id, at));
    if first != protocol {
        let wrong = format!(
            "reaches {host} on port {port} by {}, while {other} uses the port by {} ({}:{}); a namespace has one protocol on a port",
            name(protocol),
            name(first),
            place.file(),
            place.line(),
        );
        findings.add(id, at, wrong, "say the same protocol, or give one of the services a namespace of its own");
    }
}

const fn name(protocol: ExternalProtocol) -> &'static str {
    match protocol {
        ExternalProtocol::Tls => "TLS",
        ExternalProtocol::PlainHttp => "plain HTTP",
        ExternalProtocol::Tcp => "plain TCP",
    }
}
