//! What a container may do through the Kubernetes API.

use crate::seal::Seal;

/// Something that a container may do through the Kubernetes API, in its own namespace.
#[derive(Debug)]
pub struct ApiNeed {
    /// The API group.
    pub group: &'static str,
    /// The resource, in the plural.
    pub resource: &'static str,
    /// What it may do.
    pub verbs: Verbs,
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
}
