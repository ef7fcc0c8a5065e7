//! Views of a cluster.

use super::facts::{ArgoCd, Kubernetes, Linkerd, Tunnel};
use crate::said::{Said, Setting};
use crate::seal::Seal;
use crate::secret::Item;
use crate::view::{Endpoint, Exposure, Service};
use crate::word::{Host, Name, StorageClass, Vault};

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
    /// Credentials of registries.
    pub pulls: Vec<Said<PullSecret>>,
    /// The way in.
    pub tunnel: Setting<Tunnel>,
    /// Peers that are exposed.
    pub exposures: Vec<Said<ExposedPeer>>,
    /// The services that it runs.
    pub services: Vec<Said<Service>>,
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
