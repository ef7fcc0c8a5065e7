//! Workloads: containers, and how they stand in the cluster.

mod containers;
pub mod kind;
mod offers;
mod placement;
mod rollout;
mod run;

use core::marker::PhantomData;

use crate::container::Container;
use crate::created::Creatable;
use crate::endpoint::Callee;
use crate::exposure::Decided;
use crate::external::Reachable;
use crate::identity::{Identity, Workload};
use crate::peer::Calling;
use crate::port::{OwnPort, SpeaksHttp, SpeaksTls};
use crate::said::{Said, Setting};
use crate::scale::{Replicas, SaidBesideReplicas};
use crate::seal::{Seal, Sealed};
use crate::slots::{StatesNoProbes, StatesProbes, StatesResources};
use crate::view;
use crate::webhook::Asked;
use crate::word::{Cron, Gid, Seconds};

use containers::{ending, staying};
use kind::{Replicated, Serving};
pub use placement::{Placed, Spread, Taint};
pub use run::Concurrency;

/// A service: a workload of the kind `K` with the identity `W`.
///
/// Name its aliases, [`Deployment`] and [`CronJob`].
#[derive(Debug)]
#[must_use = "a service is rendered only when a cluster runs it"]
pub struct Service<W, K> {
    view: view::Service,
    is: PhantomData<fn() -> (W, K)>,
}

/// A service whose pods run for ever and are alike.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # pub const API: Port<Ledger, Http> = port!(8080);
/// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
/// pub fn service() -> Deployment<Ledger> {
///     Deployment::new(
///         Ledger::container(IMAGE)
///             .resources(cpu!("250m"), memory!("256Mi"))
///             .serves(API)
///             .probes(Probes::http(API, path!("/healthz"))),
///     )
///     .replicas(3)
/// }
/// ```
///
/// ```compile_fail,E0277
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
/// pub fn service() -> Deployment<Ledger> {
///     Deployment::new(Ledger::container(IMAGE).resources(cpu!("250m"), memory!("256Mi")))
/// }
/// ```
pub type Deployment<W> = Service<W, kind::Deployment>;

/// A service whose pods run for ever, each with a number, a stable name and, with [`Claim::template`](crate::Claim), storage of its own.
///
/// Pods start one after the other, and are replaced in the opposite order, unless it says [`parallel`](Service::parallel).
pub type StatefulSet<W> = Service<W, kind::StatefulSet>;

/// A service with one pod on every node that it tolerates and that bears its labels.
pub type DaemonSet<W> = Service<W, kind::DaemonSet>;

/// A service whose pod runs to its end, once for each declaration: a changed Job runs again.
///
/// A Job's template cannot be changed, so its name ends with a hash of it: it runs again when anything of its pod changes, the
/// cluster's proxy among it, and should bear that. It has no time to live: Argo CD would start a Job that vanished again.
pub type Job<W> = Service<W, kind::Job>;

/// A service whose pods run to their end, again and again. Two runs never overlap, unless it says so.
pub type CronJob<W> = Service<W, kind::CronJob>;

impl<W: Workload> Deployment<W> {
    /// Runs this container.
    #[track_caller]
    pub fn new<R: StatesResources, P: StatesProbes>(container: Container<W, R, P>) -> Self {
        Self::of(view::Kind::Deployment, staying(container))
    }
}

impl<W: Workload> StatefulSet<W> {
    /// Runs this container.
    #[track_caller]
    pub fn new<R: StatesResources, P: StatesProbes>(container: Container<W, R, P>) -> Self {
        Self::of(view::Kind::StatefulSet, staying(container))
    }
}

impl<W: Workload> DaemonSet<W> {
    /// Runs this container on every node.
    #[track_caller]
    pub fn new<R: StatesResources, P: StatesProbes>(container: Container<W, R, P>) -> Self {
        Self::of(view::Kind::DaemonSet, staying(container))
    }
}

impl<W: Workload> Job<W> {
    /// Runs this container to its end, once.
    #[track_caller]
    pub fn new<R: StatesResources, P: StatesNoProbes>(container: Container<W, R, P>) -> Self {
        Self::of(view::Kind::Job, ending(container))
    }
}

impl<W: Workload> CronJob<W> {
    /// Runs this container at each time of the schedule.
    #[track_caller]
    pub fn new<R: StatesResources, P: StatesNoProbes>(schedule: Cron, container: Container<W, R, P>) -> Self {
        Self::of(view::Kind::CronJob { schedule }, ending(container))
    }
}

impl<W: Workload, K> Service<W, K> {
    #[track_caller]
    fn of(kind: view::Kind, container: view::Container) -> Self {
        let view = view::Service {
            identity: Said::here(Identity::of::<W>()),
            kind,
            containers: vec![container],
            init_containers: Vec::new(),
            replicas: Setting::unsaid(),
            rollout: Setting::unsaid(),
            parallel: Setting::unsaid(),
            max_unavailable: Setting::unsaid(),
            revisions: Setting::unsaid(),
            run: run::unsaid(),
            grace_period: Setting::unsaid(),
            volume_group: Setting::unsaid(),
            groups: Vec::new(),
            placement: placement::unsaid(),
            calls: Vec::new(),
            callers: Vec::new(),
            creates: Vec::new(),
            offers: Vec::new(),
            webhooks: Vec::new(),
            reaches: Vec::new(),
            exposures: Vec::new(),
            seal: Seal::new(),
        };
        Self { view, is: PhantomData }
    }

    /// Runs this many pods: a number, or a range, [`between(2, 6)`](crate::between).
    ///
    /// Two or more are spread over nodes and keep one another through a drain (PodDisruptionBudget).
    #[track_caller]
    pub fn replicas<T: Replicas>(mut self, replicas: T) -> Self
    where
        K: Replicated,
    {
        self.view.replicas.say(replicas.scale());
        self
    }

    /// Is refused: autoscaling is said as `.replicas(between(2, 6))`.
    #[track_caller]
    pub fn autoscaled<T: SaidBesideReplicas>(mut self, autoscaling: T) -> Self {
        self.view.replicas.say(autoscaling.never());
        self
    }

    /// Owns its volumes as this group instead of its first container's; services that share a claim have the same.
    #[track_caller]
    pub fn volume_group(mut self, group: Gid) -> Self {
        self.view.volume_group.say(group);
        self
    }

    /// Belongs to this group, too, which owns what it reads on a device or a shared claim.
    #[track_caller]
    pub fn also_in_group(mut self, group: Gid) -> Self {
        self.view.groups.push(Said::here(group));
        self
    }

    /// Has this long to end by itself, from the signal on, instead of Kubernetes' 30 seconds. A container's `pre_stop` counts.
    #[track_caller]
    pub fn grace_period(mut self, period: Seconds) -> Self {
        self.view.grace_period.say(period);
        self
    }

    /// Calls a port of a service or a peer that no variable or config file names.
    #[track_caller]
    pub fn calls<T: Callee>(mut self, callee: T) -> Self {
        self.view.calls.push(Said::here(callee.called()));
        self
    }

    /// Is called on this port by a peer: a scraper, a collector that asks for health. Services say themselves whom they call.
    ///
    /// A meshed peer proves who it is; of an unmeshed one the network alone is known, and every report says so.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// # pub enum Ledger {}
    /// # impl Workload for Ledger {
    /// #     const NAME: Name = name!("ledger");
    /// #     const NAMESPACE: Namespace = namespace!("payments");
    /// # }
    /// # pub const METRICS: Port<Ledger, Http> = port!(9090);
    /// # const PROMETHEUS: Peer = Peer::meshed(name!("monitoring"), label!("app", "prometheus"), name!("prometheus"));
    /// const SCRAPER: Caller = PROMETHEUS.caller(name!("prometheus"));
    /// # fn service(ledger: Deployment<Ledger>) -> Deployment<Ledger> {
    /// ledger.called_by(METRICS, SCRAPER)
    /// # }
    /// ```
    #[track_caller]
    pub fn called_by<T: OwnPort<W>, C: Calling>(mut self, port: T, caller: C) -> Self {
        let port = port.view();
        self.view.callers.push(Said::here(view::CalledPort { port, caller: caller.calling(), seal: Seal::new() }));
        self
    }

    /// Creates such pods while it runs, or has an operator create them.
    ///
    /// Where it creates them itself, a container [`may`](crate::Container::may) run them: `api::JOBS.run(..)` or `api::PODS.run(..)`. Who may
    /// do that can give a pod any account of the namespace, so no other service lives there.
    #[track_caller]
    pub fn creates<P: Creatable>(mut self, pods: P) -> Self {
        self.view.creates.push(Said::here(pods.created()));
        self
    }

    /// Is asked by the API server on this port, which speaks TLS.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// # pub enum Cacher {}
    /// # impl Workload for Cacher {
    /// #     const NAME: Name = name!("cacher");
    /// #     const NAMESPACE: Namespace = namespace!("caches");
    /// # }
    /// const HOOK: Port<Cacher, Tls> = port!(9443);
    /// # fn service(cacher: Deployment<Cacher>) -> Deployment<Cacher> {
    /// cacher.webhook(HOOK, Webhook::mutating(path!("/mutate"), api::PODS.created(), namespace!("inference")))
    /// # }
    /// ```
    #[track_caller]
    pub fn webhook<T: OwnPort<W>, A: Asked>(mut self, port: T, webhook: A) -> Self
    where
        T::Speaks: SpeaksTls,
    {
        let at = view::WebhookAt { port: port.view(), webhook: webhook.asked(), seal: Seal::new() };
        self.view.webhooks.push(Said::here(at));
        self
    }

    /// Reaches a host outside of the cluster.
    #[track_caller]
    pub fn reaches<T: Reachable>(mut self, external: T) -> Self {
        self.view.reaches.push(Said::here(external.reached()));
        self
    }

    /// Exposes a port under a hostname of the tunnel, with the decision who may see it.
    ///
    /// ```compile_fail,E0277
    /// # use casemate_dsl::prelude::*;
    /// # pub enum Ledger {}
    /// # impl Workload for Ledger {
    /// #     const NAME: Name = name!("ledger");
    /// #     const NAMESPACE: Namespace = namespace!("payments");
    /// # }
    /// # pub const API: Port<Ledger, Http> = port!(8080);
    /// # fn service() -> Deployment<Ledger> { unimplemented!() }
    /// service().exposed(API, host!("ledger.example.com"));
    /// ```
    #[track_caller]
    pub fn exposed<T: OwnPort<W>, D: Decided>(mut self, port: T, exposure: D) -> Self
    where
        K: Serving,
        T::Speaks: SpeaksHttp,
    {
        self.view.exposures.push(Said::here(view::ExposedPort {
            port: port.view(),
            exposure: exposure.decided(),
            seal: Seal::new(),
        }));
        self
    }
}

/// Something that a cluster can run.
#[diagnostic::on_unimplemented(
    message = "a cluster runs services",
    label = "no service",
    note = "write `.runs(ledger::service())`, where `service` returns a `Deployment<Ledger>`, for instance"
)]
pub trait Runs: Sealed {
    #[doc(hidden)]
    fn into_service(self) -> view::Service;
}

impl<W, K> Sealed for Service<W, K> {}

#[diagnostic::do_not_recommend]
impl<W, K> Runs for Service<W, K> {
    fn into_service(self) -> view::Service {
        self.view
    }
}
