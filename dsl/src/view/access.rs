//! What a container may do through the Kubernetes API.

use crate::identity::Identity;
use crate::seal::Seal;
use crate::word::{Name, Reason};

/// Something that a container may do through the Kubernetes API.
#[derive(Debug)]
pub struct ApiNeed {
    /// The API group.
    pub group: &'static str,
    /// The resource, in the plural.
    pub resource: &'static str,
    /// What it may do.
    pub verbs: Verbs,
    /// Where it may do it.
    pub within: Within,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// What may be done with a resource.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Verbs {
    /// Get, list, watch.
    Read,
    /// The same, and create, update, patch, delete.
    Manage,
    /// The same with the resources of another operator, and why.
    ManageOthers(Reason),
    /// Get, list, watch, create, delete, and why.
    Run(Reason),
    /// Create; and get, update, patch the one of this name.
    ManageNamed(Name),
    /// Everything with a resource that the service defines itself, its status and finalizers too.
    Own,
}

/// Where something may be done.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Within {
    /// In the service's namespace.
    Namespace,
    /// In the namespace of the service that offers it.
    Offered(Identity),
    /// In all namespaces, or with what lies in none, and why.
    Cluster(Reason),
}

/// A custom resource that a service offers to others, in its namespace.
#[derive(Debug)]
pub struct Offer {
    /// The API group.
    pub group: &'static str,
    /// The resource, in the plural.
    pub resource: &'static str,
    /// Keeps views from being forged.
    pub seal: Seal,
}
