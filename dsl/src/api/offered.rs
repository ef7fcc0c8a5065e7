//! Custom resources that a service defines, and offers to others.

use core::marker::PhantomData;

use super::{ApiNeed, Resource};
use crate::identity::{Identity, Workload};
use crate::seal::{Seal, Sealed};
use crate::view;

/// A custom resource of the service `W`, which others may use in its namespace: a constant beside the declaration of `W`.
///
/// `W` says that it offers it, [`offers`](crate::Service::offers); who uses it says so at the container that does. Only what a service
/// defines itself can be offered, and only where that service runs.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # identity!(pub Cacher = "cacher" in namespace!("caches"));
/// /// Models that others want to have at hand.
/// pub const CACHES: api::Offered<Cacher> = api::own!("caches.example.com", "modelcaches").offered();
///
/// # identity!(pub Ledger = "ledger" in namespace!("payments"));
/// # fn container(ledger: Container<Ledger>) -> Container<Ledger> {
/// // in the declaration of another service
/// ledger.may(CACHES.manage())
/// # }
/// ```
#[derive(Debug)]
pub struct Offered<W> {
    resource: Resource,
    of: PhantomData<fn() -> W>,
}

impl<W> Clone for Offered<W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W> Copy for Offered<W> {}

impl<W: Workload> Offered<W> {
    pub(super) const fn of(resource: Resource) -> Self {
        Self { resource, of: PhantomData }
    }

    /// May get, list and watch those of the namespace of `W`.
    #[must_use]
    pub fn read(self) -> ApiNeed {
        self.resource.need(view::Verbs::Read, view::Within::Offered(Identity::of::<W>()))
    }

    /// May get, list, watch, create, update, patch and delete those of the namespace of `W`; their status and finalizers stay with `W`.
    #[must_use]
    pub fn manage(self) -> ApiNeed {
        self.resource.need(view::Verbs::Manage, view::Within::Offered(Identity::of::<W>()))
    }
}

/// What the service `W` can offer.
#[diagnostic::on_unimplemented(
    message = "a service offers custom resources of its own, and no others",
    label = "not offered by this service",
    note = "write `.offers(CACHES)`, where `CACHES` is `api::Offered` of the same identity: \
            `api::own!(\"caches.example.com\", \"modelcaches\").offered()`"
)]
pub trait Offerable<W>: Sealed {
    #[doc(hidden)]
    fn offer(self) -> view::Offer;
}

impl<W> Sealed for Offered<W> {}

#[diagnostic::do_not_recommend]
impl<W: Workload> Offerable<W> for Offered<W> {
    fn offer(self) -> view::Offer {
        let Resource { group, plural } = self.resource;
        view::Offer { group, resource: plural, seal: Seal::new() }
    }
}
