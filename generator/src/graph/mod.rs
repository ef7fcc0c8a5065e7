//! The graph: what a cluster's declarations mean, after every question about them is answered.
//!
//! `resolve` makes it, the layers render it. Nothing in it is optional that a manifest needs, and nobody outside of this crate sees
//! it.

mod perimeter;
mod placement;
mod platform;
mod pod;
mod workload;

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::view::{AccessMode, Admission, ExternalProtocol, PeerEndpoint, Protocol, Verbs, Within};
use casemate_dsl::word::{
    Cidr, Cpu, Host, Hosts, Ip, Label, Memory, Name, Namespace, Path, Reason, Storage, StorageClass,
};
use casemate_dsl::{ArgoCd, Item, Kubernetes, Linkerd, OnePassword, Plugin};

pub(crate) use perimeter::{IngressRule, Origin, Perimeter};
pub(crate) use placement::Placement;
pub(crate) use platform::{ChartNode, MeshPart, OurValues, Platform, PlatformNamespace, Stage, Values};
pub(crate) use pod::{
    Container, Directory, Env, EnvValue, InitContainer, Mode, Mount, Pod, PreStop, Probe, ProbeAction, Probes, Volume,
    VolumeSource,
};
pub(crate) use workload::{Kind, Run, Scale, Schedule, Strategy};

/// A cluster with everything that is rendered for it.
#[derive(Debug)]
pub(crate) struct Graph {
    pub(crate) cluster: Facts,
    /// The namespaces of the service tier.
    pub(crate) namespaces: BTreeMap<Namespace, NamespaceNode>,
    /// The services, cloudflared among them.
    pub(crate) services: BTreeMap<Id, Service>,
    /// Who calls whom.
    pub(crate) edges: BTreeSet<Edge>,
    /// Which peers call which services.
    pub(crate) inbound: BTreeSet<Inbound>,
    /// The charts that it installs.
    pub(crate) platform: Platform,
    /// The way in, if there is one.
    pub(crate) perimeter: Option<Perimeter>,
}

/// What all layers have to know of the cluster.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) name: Name,
    pub(crate) kubernetes: Kubernetes,
    pub(crate) linkerd: Linkerd,
    pub(crate) argocd: ArgoCd,
    pub(crate) vault: casemate_dsl::word::Vault,
    /// The namespace of cert-manager.
    pub(crate) cert_manager: Option<Name>,
    /// The namespace of the operator CloudNativePG.
    pub(crate) cloud_native_pg: Option<Name>,
    pub(crate) observability: Option<Observability>,
    /// What Argo CD reads the tree through, if not plainly.
    pub(crate) plugin: Option<Plugin>,
    /// The namespace of Kyverno.
    pub(crate) kyverno: Option<Name>,
    /// The 1Password operator.
    pub(crate) one_password: OnePassword,
}

impl Facts {
    /// Whether a hostname is a name within the cluster, which its DNS answers.
    pub(crate) fn is_within(&self, host: &str) -> bool {
        let domain = self.kubernetes.domain;
        host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }
}

/// Who watches the cluster.
#[derive(Debug)]
pub(crate) struct Observability {
    /// Who reads metrics.
    pub(crate) scraper: PeerCaller,
    /// Who takes telemetry, as OTLP over gRPC.
    pub(crate) collector: PeerEndpoint,
    /// The same over HTTP.
    pub(crate) collector_http: PeerEndpoint,
    /// Whether proxies log requests.
    pub(crate) access_logs: bool,
    /// To whom proxies send spans.
    pub(crate) proxy_traces: Option<PeerNode>,
}

/// Where a service serves metrics.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Metrics {
    pub(crate) port: u16,
    pub(crate) path: Path,
}

/// Who a service is: namespace and name.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Id {
    pub(crate) namespace: Namespace,
    pub(crate) name: Name,
}

impl Id {
    /// `trips.trips-api`: a name among all namespaces. No namespace's name has a dot in it, so what begins with a namespace and a dot
    /// is of that namespace.
    pub(crate) fn dotted(self) -> String {
        format!("{}.{}", self.namespace, self.name)
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)
    }
}

/// What a namespace holds beside its services.
#[derive(Debug, Default)]
pub(crate) struct NamespaceNode {
    /// Claims that several services share.
    pub(crate) claims: BTreeMap<Name, ClaimNode>,
    /// Credentials of the registries from which its services pull.
    pub(crate) pulls: BTreeSet<Item>,
    /// What its services may use together.
    pub(crate) quota: Option<Quota>,
    /// The largest memory limit of a container.
    pub(crate) container_memory: Option<Memory>,
    /// Databases that an operator runs among its services.
    pub(crate) databases: BTreeMap<Name, DatabaseNode>,
    /// What the mesh lets out, by port.
    pub(crate) outside: BTreeMap<u16, OutsidePort>,
}

/// What the services of a namespace may use together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Quota {
    pub(crate) pods: Option<u16>,
    pub(crate) cpu: Option<Cpu>,
    pub(crate) memory: Option<Memory>,
    pub(crate) memory_limit: Option<Memory>,
    pub(crate) storage: Option<Storage>,
    pub(crate) claims: Option<u16>,
}

/// A claim.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct ClaimNode {
    pub(crate) size: Storage,
    pub(crate) class: StorageClass,
    pub(crate) mode: AccessMode,
    pub(crate) disposable: bool,
}

/// Where PostgreSQL listens.
pub(crate) const POSTGRES: u16 = 5432;

/// A database among services.
#[derive(Debug)]
pub(crate) struct DatabaseNode {
    /// The label by which its operator marks its pods.
    pub(crate) label: Label,
    /// The services that call it.
    pub(crate) services: BTreeSet<Id>,
    /// The peers that do.
    pub(crate) callers: BTreeSet<PeerCaller>,
}

/// The external hosts on one port of a namespace.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct OutsidePort {
    pub(crate) protocol: ExternalProtocol,
    pub(crate) hosts: BTreeSet<OutsideName>,
}

/// What the mesh compares a host with.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum OutsideName {
    /// One host.
    Host(Host),
    /// All hosts below a domain.
    Below(Hosts),
}

/// A service.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) id: Id,
    pub(crate) kind: Kind,
    /// How many old revisions are kept, if it was said.
    pub(crate) revisions: Option<u16>,
    pub(crate) placement: Placement,
    pub(crate) pod: Pod,
    pub(crate) ports: BTreeMap<u16, ServedPort>,
    /// What it serves over UDP, which the mesh does not see.
    pub(crate) udp: BTreeSet<u16>,
    /// Its own claims, by their names in the cluster.
    pub(crate) claims: BTreeMap<String, ClaimNode>,
    /// What its StatefulSet makes a claim from for each pod, by the names of the volumes.
    pub(crate) templates: BTreeMap<String, ClaimNode>,
    /// The items whose fields it uses.
    pub(crate) items: BTreeSet<Item>,
    /// What the API server asks it.
    pub(crate) webhooks: BTreeSet<WebhookNode>,
    /// The Secrets that operators make, of which it reads a key.
    pub(crate) made: BTreeSet<String>,
    /// Its config files by key, and the name of the ConfigMap that holds them.
    pub(crate) config: Option<Config>,
    /// Where it serves metrics.
    pub(crate) metrics: Option<Metrics>,
    /// What it may do through the Kubernetes API.
    pub(crate) grants: BTreeSet<Grant>,
    /// What others may do with the custom resources that it offers, in its namespace.
    pub(crate) offers: BTreeMap<Id, BTreeSet<Grant>>,
    /// What it reaches outside of the cluster.
    pub(crate) outside: BTreeSet<Outside>,
}

/// A port that a service serves.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct ServedPort {
    pub(crate) protocol: Protocol,
    /// Whether a Service publishes it. Those of cloudflared are for its probe only.
    pub(crate) published: bool,
}

/// A ConfigMap.
#[derive(Debug)]
pub(crate) struct Config {
    /// Its name, which ends with a hash of its contents: a change rolls the pods.
    pub(crate) name: String,
    pub(crate) files: BTreeMap<String, String>,
}

/// Rights on one resource.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Grant {
    pub(crate) group: &'static str,
    pub(crate) resource: &'static str,
    pub(crate) verbs: Verbs,
    pub(crate) within: Within,
}

/// The ports of web pages.
pub(crate) const WEB_PAGES: [u16; 2] = [80, 443];

/// The port of a Service at which the API server asks.
pub(crate) const WEBHOOK: u16 = 443;

/// What the API server asks a service.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct WebhookNode {
    pub(crate) mutates: bool,
    pub(crate) port: u16,
    pub(crate) path: Path,
    pub(crate) about: BTreeSet<Admission>,
    pub(crate) namespaces: BTreeSet<Namespace>,
    pub(crate) refuses: bool,
    pub(crate) timeout: u32,
}

/// The name of the Secret that holds the certificate of a service's webhooks.
pub(crate) fn certificate_secret(id: Id) -> String {
    format!("{}-webhook-cert", id.name)
}

/// Something outside of the cluster.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Outside {
    /// A host, which the mesh judges by its name where it can.
    Host { port: u16, host: Host, protocol: ExternalProtocol },
    /// All hosts below a domain, over TLS, which the mesh judges by their names.
    Below { port: u16, hosts: Hosts, reason: Reason },
    /// Any host on [`WEB_PAGES`].
    AnyWebPage { reason: Reason },
    /// A device of the network around the cluster.
    Lan { port: u16, address: Ip, udp: bool, reason: Reason },
    /// A host over UDP, which the mesh does not see.
    Udp { port: u16, host: Host },
    /// Addresses that are published as a range, over UDP, which the mesh does not see.
    UdpRange { port: u16, network: Cidr },
}

/// One call.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Edge {
    pub(crate) from: Id,
    pub(crate) to: Callee,
}

/// The other end of a call.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Callee {
    Service { id: Id, port: u16, protocol: Protocol },
    Peer(PeerNode),
}

/// One way in for a peer.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Inbound {
    pub(crate) from: PeerCaller,
    pub(crate) to: Id,
    pub(crate) port: u16,
    pub(crate) protocol: Protocol,
}

/// A peer that calls.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct PeerCaller {
    pub(crate) namespace: Name,
    pub(crate) name: Name,
    pub(crate) labels: BTreeSet<Label>,
    pub(crate) mesh: casemate_dsl::view::PeerMesh,
}

/// A peer, as the end of an edge.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct PeerNode {
    pub(crate) namespace: Name,
    pub(crate) service: Name,
    pub(crate) port: u16,
    pub(crate) pod_port: u16,
    pub(crate) protocol: Protocol,
    pub(crate) labels: BTreeSet<Label>,
    pub(crate) mesh: casemate_dsl::view::PeerMesh,
}

impl Callee {
    /// The DNS name of the callee's Service.
    pub(crate) fn host(&self, domain: Host) -> String {
        let (service, namespace) = match self {
            Self::Service { id, .. } => (id.name.as_str(), id.namespace.as_str()),
            Self::Peer(peer) => (peer.service.as_str(), peer.namespace.as_str()),
        };
        format!("{service}.{namespace}.svc.{domain}")
    }

    /// The port of the callee's Service.
    pub(crate) const fn port(&self) -> u16 {
        match self {
            Self::Service { port, .. } => *port,
            Self::Peer(peer) => peer.port,
        }
    }
}
