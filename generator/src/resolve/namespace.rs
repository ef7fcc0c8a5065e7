//! Namespaces: what their services share, and cannot disagree about.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::Item;
use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{ExternalProtocol, PullSecret};
use casemate_dsl::word::{Host, Image, Name, Namespace};

use super::Namespaces;
use super::claim::NamespaceClaims;
use super::finding::Findings;
use super::outside;
use super::service::Resolved;
use crate::graph::{Facts, Id, NamespaceNode, Outside, OutsideName, OutsidePort, Service, WEB_PAGES};

/// The namespaces of these services.
pub(super) fn namespaces(
    findings: &mut Findings,
    facts: &Facts,
    services: &mut BTreeMap<Id, Resolved>,
    registries: &Registries,
) -> Namespaces {
    let mut namespaces = Namespaces::new();
    let mut claims = NamespaceClaims::default();
    let mut uses = outside::Uses::default();
    for (id, resolved) in &mut *services {
        check_owner(findings, facts, &id.to_string(), id.namespace, resolved.declared);
        let node = namespaces.entry(id.namespace).or_default();
        claims.add(findings, node, *id, resolved);
        for image in &resolved.images {
            pull(node, &mut resolved.service, image.what, registries);
        }
        outside::check(findings, facts, &mut uses, *id, resolved);
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
    let mut open = |port: u16, protocol: ExternalProtocol, host: Option<OutsideName>| {
        let on_port = node.outside.entry(port).or_insert_with(|| OutsidePort { protocol, hosts: BTreeSet::new() });
        on_port.hosts.extend(host);
    };
    for what in service.outside.iter().filter(|what| !outside::is_contained(what, &service.outside)) {
        match *what {
            Outside::Host { port, host, protocol } => open(port, protocol, Some(OutsideName::Host(host))),
            Outside::Below { port, hosts, reason: _ } => {
                open(port, ExternalProtocol::Tls, Some(OutsideName::Below(hosts)));
            }
            Outside::AnyWebPage { reason: _ } => {
                for port in WEB_PAGES {
                    open(port, ExternalProtocol::Tcp, None);
                }
            }
            Outside::Lan { port, address: _, udp: false, reason: _ } => open(port, ExternalProtocol::Tcp, None),
            // The mesh does not see UDP.
            Outside::Lan { port: _, address: _, udp: true, reason: _ }
            | Outside::Udp { port: _, host: _ }
            | Outside::UdpRange { port: _, network: _ } => {}
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
