//! What a service offers to others through the Kubernetes API.

use super::Service;
use crate::api::Offerable;
use crate::identity::Workload;
use crate::said::Said;

impl<W: Workload, K> Service<W, K> {
    /// Offers a custom resource of its own to others, in its namespace: to each service of which a container says what it
    /// [`may`](crate::Container::may) do with it, and to nobody else.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// # identity!(pub Cacher = "cacher" in namespace!("caches"));
    /// pub const CACHES: api::Offered<Cacher> = api::own!("caches.example.com", "modelcaches").offered();
    ///
    /// # fn service(cacher: Deployment<Cacher>) -> Deployment<Cacher> {
    /// cacher.offers(CACHES)
    /// # }
    /// ```
    #[track_caller]
    pub fn offers<T: Offerable<W>>(mut self, resource: T) -> Self {
        self.view.offers.push(Said::here(resource.offer()));
        self
    }
}
