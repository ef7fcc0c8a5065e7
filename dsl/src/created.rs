//! Pods that a service creates while it runs: no container of theirs is declared, and yet they have an account and edges of their own.

use core::marker::PhantomData;

use crate::endpoint::Callee;
use crate::external::Reachable;
use crate::identity::{Identity, Workload};
use crate::peer::Calling;
use crate::port::OwnPort;
use crate::said::Said;
use crate::seal::{Seal, Sealed};
use crate::view;

/// Pods with the identity `W` that a service creates while it runs, or has an operator create.
///
/// They get an account of the name of `W`, without a token and without rights, and the edges that are declared here. Whoever creates them
/// gives them that account and the label `app.kubernetes.io/name` with that name; anything else is shut in. Pod Security
/// holds them to `restricted` like all pods of the namespace.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// /// The identity of the jobs that copy models.
/// pub enum SyncJob {}
///
/// impl Workload for SyncJob {
///     const NAME: Name = name!("sync-job");
///     const NAMESPACE: Namespace = namespace!("caches");
/// }
///
/// let jobs = RuntimePods::of::<SyncJob>().reaches(External::https(host!("huggingface.co")));
/// ```
#[derive(Debug)]
#[must_use = "pods are created by the service that says `.creates(..)`"]
pub struct RuntimePods<W = ()> {
    view: view::RuntimePods,
    of: PhantomData<fn() -> W>,
}

impl RuntimePods {
    /// Pods with this identity.
    #[track_caller]
    pub fn of<W: Workload>() -> RuntimePods<W> {
        let view = view::RuntimePods {
            identity: Said::here(Identity::of::<W>()),
            ports: Vec::new(),
            calls: Vec::new(),
            callers: Vec::new(),
            reaches: Vec::new(),
            seal: Seal::new(),
        };
        RuntimePods { view, of: PhantomData }
    }
}

impl<W: Workload> RuntimePods<W> {
    /// Serve this port. Who may call it, the callers say.
    #[track_caller]
    pub fn serves<T: OwnPort<W>>(mut self, port: T) -> Self {
        self.view.ports.push(Said::here(port.view()));
        self
    }

    /// Call a port of a service or a peer.
    #[track_caller]
    pub fn calls<T: Callee>(mut self, callee: T) -> Self {
        self.view.calls.push(Said::here(callee.called()));
        self
    }

    /// Are called on this port by a peer.
    #[track_caller]
    pub fn called_by<T: OwnPort<W>, C: Calling>(mut self, port: T, caller: C) -> Self {
        let port = port.view();
        self.view.callers.push(Said::here(view::CalledPort { port, caller: caller.calling(), seal: Seal::new() }));
        self
    }

    /// Reach something outside of the cluster.
    #[track_caller]
    pub fn reaches<T: Reachable>(mut self, external: T) -> Self {
        self.view.reaches.push(Said::here(external.reached()));
        self
    }
}

/// Pods that a service can create.
#[diagnostic::on_unimplemented(
    message = "a service creates pods that have an identity of their own",
    label = "no pods",
    note = "write `.creates(RuntimePods::of::<SyncJob>())`, where `SyncJob` is a `Workload` in the same namespace"
)]
pub trait Creatable: Sealed {
    #[doc(hidden)]
    fn created(self) -> view::RuntimePods;
}

impl<W> Sealed for RuntimePods<W> {}

#[diagnostic::do_not_recommend]
impl<W: Workload> Creatable for RuntimePods<W> {
    fn created(self) -> view::RuntimePods {
        self.view
    }
}
