//! Views of a cluster.

use super::facts::{ArgoCd, Kubernetes, Linkerd, OnePassword, Plugin, Tunnel};
use crate::said::{Said, Setting};
use crate::seal::Seal;
use crate::secret::Item;
use crate::view::{Endpoint, Exposure, Service};
use crate::word::{Cpu, Host, Memory, Name, Namespace, PriorityClass, RuntimeClass, Storage, StorageClass, Vault};

/// A cluster.
#[derive(Debug)]
pub struct Cluster {
    /// Its name.
    pub name: Said<Name>,
    /// Kubernetes.
    pub kubernetes: Kubernetes,
    /// The mesh.
    pub linkerd: Linkerd,
    /// Argo CD.
    pub argocd: ArgoCd,
    /// The 1Password vault.
    pub vault: Vault,
    /// The storage class of claims that name none.
    pub default_storage: Setting<StorageClass>,
    /// Its other storage classes.
    pub storage: Vec<Said<StorageClass>>,
    /// Its priority classes.
    pub priority_classes: Vec<Said<PriorityClass>>,
    /// Its runtime classes.
    pub runtime_classes: Vec<Said<RuntimeClass>>,
    /// What its namespaces may use at most.
    pub bounds: Vec<Said<BoundNamespace>>,
    /// Credentials of registries.
    pub pulls: Vec<Said<PullSecret>>,
    /// The way in.
    pub tunnel: Setting<Tunnel>,
    /// The namespace of cert-manager.
    pub cert_manager: Setting<Name>,
    /// The namespace of the operator CloudNativePG.
    pub cloud_native_pg: Setting<Name>,
    /// Who watches it.
    pub observability: Setting<Observability>,
    /// Charts that it installs.
    pub installed: Vec<Said<crate::view::Installed>>,
    /// What Argo CD reads the tree through.
    pub plugin: Setting<Plugin>,
    /// The namespace of Kyverno.
    pub kyverno: Setting<Name>,
    /// The 1Password operator, where it is not where its chart puts it.
    pub one_password: Setting<OnePassword>,
    /// Peers that are exposed.
    pub exposures: Vec<Said<ExposedPeer>>,
    /// The services that it runs.
    pub services: Vec<Said<Service>>,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// Who watches a cluster.
#[derive(Debug)]
pub struct Observability {
    /// Who reads metrics.
    pub scraper: crate::view::PeerCaller,
    /// Who takes telemetry, as OTLP over gRPC.
    pub collector: crate::view::PeerEndpoint,
    /// The same over HTTP.
    pub collector_http: crate::view::PeerEndpoint,
    /// Whether proxies log requests.
    pub access_logs: bool,
    /// Whether proxies send spans to the collector.
    pub proxy_traces: bool,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// The credentials of a registry.
#[derive(Debug)]
pub struct PullSecret {
    /// The registry's host.
    pub registry: Host,
    /// The item that holds its `.dockerconfigjson`.
    pub item: Item,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// A peer's port under a hostname.
#[derive(Debug)]
pub struct ExposedPeer {
    /// The port.
    pub endpoint: Endpoint,
    /// The hostname and its decision.
    pub exposure: Exposure,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// A bounded namespace.
#[derive(Debug)]
pub struct BoundNamespace {
    /// The namespace.
    pub namespace: Namespace,
    /// How it is bounded.
    pub bound: Bound,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// A bound.
#[derive(Debug)]
pub enum Bound {
    /// Of everything together.
    Quota(Quota),
    /// Of each container.
    Containers(ContainerLimits),
}

/// What everything in a namespace may use together.
#[derive(Debug)]
pub struct Quota {
    /// Pods.
    pub pods: Setting<u16>,
    /// Requested cpu.
    pub cpu: Setting<Cpu>,
    /// Requested memory.
    pub memory: Setting<Memory>,
    /// Memory limits.
    pub memory_limit: Setting<Memory>,
    /// Sizes of claims.
    pub storage: Setting<Storage>,
    /// Claims.
    pub claims: Setting<u16>,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// What one container may use.
#[derive(Debug)]
pub struct ContainerLimits {
    /// Its memory limit.
    pub memory: Setting<Memory>,
    /// Keeps views from being forged.
    pub seal: Seal,
}
