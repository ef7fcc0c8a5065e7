//! Needs of the Kubernetes API: nouns with verbs, in the service's own namespace.
//!
//! What is granted stands in the noun and the verb; there is no wildcard, and no noun for what would hand out more rights
//! (security model, anti-patterns: overprivileged service accounts).

use crate::seal::{Seal, Sealed};
use crate::view;

/// Objects of one kind in the service's namespace.
#[derive(Clone, Copy, Debug)]
pub struct Noun {
    group: &'static str,
    resource: &'static str,
}

impl Noun {
    /// May get, list and watch them.
    #[must_use]
    pub const fn read(self) -> ApiNeed {
        self.need(view::Verbs::Read)
    }

    /// May get, list, watch, create, update, patch and delete them.
    #[must_use]
    pub const fn manage(self) -> ApiNeed {
        self.need(view::Verbs::Manage)
    }

    const fn need(self, verbs: view::Verbs) -> ApiNeed {
        ApiNeed(view::ApiNeed { group: self.group, resource: self.resource, verbs, seal: Seal::new() })
    }
}

/// Objects that a service may read but never write: writing them would run code of its choice with another's rights.
#[derive(Clone, Copy, Debug)]
pub struct ReadOnlyNoun {
    group: &'static str,
    resource: &'static str,
}

impl ReadOnlyNoun {
    /// May get, list and watch them.
    #[must_use]
    pub const fn read(self) -> ApiNeed {
        Noun { group: self.group, resource: self.resource }.read()
    }

    /// Is refused by [`Container::may`](crate::Container::may).
    #[must_use]
    pub const fn manage(self) -> Refused {
        Refused(())
    }
}

/// Pods.
pub const PODS: ReadOnlyNoun = ReadOnlyNoun { group: "", resource: "pods" };
/// Deployments.
pub const DEPLOYMENTS: ReadOnlyNoun = ReadOnlyNoun { group: "apps", resource: "deployments" };
/// Jobs.
pub const JOBS: ReadOnlyNoun = ReadOnlyNoun { group: "batch", resource: "jobs" };
/// Services.
pub const SERVICES: ReadOnlyNoun = ReadOnlyNoun { group: "", resource: "services" };
/// EndpointSlices.
pub const ENDPOINT_SLICES: ReadOnlyNoun = ReadOnlyNoun { group: "discovery.k8s.io", resource: "endpointslices" };
/// ConfigMaps.
pub const CONFIG_MAPS: Noun = Noun { group: "", resource: "configmaps" };
/// Leases, by which replicas elect a leader.
pub const LEASES: Noun = Noun { group: "coordination.k8s.io", resource: "leases" };
/// Events, by which a controller tells what it did.
pub const EVENTS: Noun = Noun { group: "events.k8s.io", resource: "events" };

/// Secrets, which nobody reads through the API: asking for them is refused while compiling, with the way that works.
pub const SECRETS: Refused = Refused(());

/// A noun that cannot be granted.
#[derive(Clone, Copy, Debug)]
pub struct Refused(());

impl Refused {
    /// Is refused by [`Container::may`](crate::Container::may).
    #[must_use]
    pub const fn read(self) -> Refused {
        self
    }

    /// Is refused by [`Container::may`](crate::Container::may).
    #[must_use]
    pub const fn manage(self) -> Refused {
        self
    }
}

/// What a container may do through the Kubernetes API.
#[derive(Debug)]
pub struct ApiNeed(view::ApiNeed);

/// A need that can be granted.
#[diagnostic::on_unimplemented(
    message = "this may not be granted to a service",
    label = "no need that a service may have",
    note = "a need is a noun with its verb, `api::CONFIG_MAPS.read()`; what starts pods is read only",
    note = "nobody reads or writes Secrets through the API: take the field that is needed, \
            `.env(var!(\"…\"), ITEM.field(field!(\"…\")))` or `.secret_file(..)`"
)]
pub trait Grantable: Sealed {
    #[doc(hidden)]
    fn need(self) -> view::ApiNeed;
}

impl Sealed for ApiNeed {}

#[diagnostic::do_not_recommend]
impl Grantable for ApiNeed {
    fn need(self) -> view::ApiNeed {
        self.0
    }
}
