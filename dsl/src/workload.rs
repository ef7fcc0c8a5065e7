//! Workloads: containers, and how they stand in the cluster.

use core::marker::PhantomData;

use crate::container::Container;
use crate::endpoint::Callee;
use crate::exposure::Decided;
use crate::external::Reachable;
use crate::identity::{Identity, Workload};
use crate::peer::Calling;
use crate::port::{OwnPort, SpeaksHttp};
use crate::said::{Said, Setting};
use crate::scale::{Replicas, SaidBesideReplicas};
use crate::seal::{Seal, Sealed};
use crate::slots::{StatesNoProbes, StatesProbes, StatesResources};
use crate::view;
use crate::word::{Cron, Gid, Seconds};

/// The kinds of workload.
pub mod kind {
    /// Pods that run for ever and are alike.
    #[derive(Debug)]
    pub enum Deployment {}

    /// Pods that run to their end, again and again.
    #[derive(Debug)]
    pub enum CronJob {}
}

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

/// A service whose pods run to their end, again and again. Two runs never overlap.
pub type CronJob<W> = Service<W, kind::CronJob>;

/// A kind that has replicas.
#[diagnostic::on_unimplemented(
    message = "only a Deployment has replicas",
    label = "this workload runs to its end",
    note = "a CronJob starts one pod at each time of its schedule"
)]
pub trait Replicated: Sealed {}

impl Sealed for kind::Deployment {}
impl Sealed for kind::CronJob {}

#[diagnostic::do_not_recommend]
impl Replicated for kind::Deployment {}

/// A kind that serves.
#[diagnostic::on_unimplemented(
    message = "a workload that runs to its end is not exposed",
    label = "nobody would answer here most of the time",
    note = "expose a Deployment's port; what a CronJob makes, a Deployment can serve from a shared claim"
)]
pub trait Serving: Sealed {}

#[diagnostic::do_not_recommend]
impl Serving for kind::Deployment {}

/// A kind that runs to its end.
#[diagnostic::on_unimplemented(
    message = "a Deployment runs for ever: it has no deadline and no retries",
    label = "only a CronJob ends",
    note = "what hangs in a Deployment is restarted by its liveness probe"
)]
pub trait Ending: Sealed {}

#[diagnostic::do_not_recommend]
impl Ending for kind::CronJob {}

impl<W: Workload> Deployment<W> {
    /// Runs this container.
    #[track_caller]
    pub fn new<R: StatesResources, P: StatesProbes>(container: Container<W, R, P>) -> Self {
        let container = container.finish(|resources, probes| (resources.resources(), Some(probes.stated())));
        Self::of(view::Kind::Deployment, container)
    }
}

impl<W: Workload> CronJob<W> {
    /// Runs this container at each time of the schedule.
    #[track_caller]
    pub fn new<R: StatesResources, P: StatesNoProbes>(schedule: Cron, container: Container<W, R, P>) -> Self {
        let container = container.finish(|resources, _| (resources.resources(), None));
        Self::of(view::Kind::CronJob { schedule }, container)
    }
}

impl<W: Workload, K> Service<W, K> {
    #[track_caller]
    fn of(kind: view::Kind, container: view::Container) -> Self {
        let view = view::Service {
            identity: Said::here(Identity::of::<W>()),
            kind,
            containers: vec![container],
            replicas: Setting::unsaid(),
            deadline: Setting::unsaid(),
            retries: Setting::unsaid(),
            volume_group: Setting::unsaid(),
            calls: Vec::new(),
            callers: Vec::new(),
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

    /// Ends a run that takes longer than this.
    #[track_caller]
    pub fn deadline(mut self, deadline: Seconds) -> Self
    where
        K: Ending,
    {
        self.view.deadline.say(deadline);
        self
    }

    /// Tries a run that failed this often again, instead of Kubernetes' six times.
    #[track_caller]
    pub fn retries(mut self, retries: u16) -> Self
    where
        K: Ending,
    {
        self.view.retries.say(retries);
        self
    }

    /// Owns its volumes as this group instead of 65532; services that share a claim say the same.
    #[track_caller]
    pub fn volume_group(mut self, group: Gid) -> Self {
        self.view.volume_group.say(group);
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
