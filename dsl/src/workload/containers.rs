//! The containers of a workload: which kinds take which, and in which order they start.

use super::{CronJob, DaemonSet, Deployment, Job, Service, StatefulSet};
use crate::container::Container;
use crate::identity::Workload;
use crate::slots::{StatesNoProbes, StatesProbes, StatesResources};
use crate::view;

/// A container that is there as long as its pod.
#[track_caller]
pub(super) fn staying<W: Workload, R: StatesResources, P: StatesProbes>(
    container: Container<W, R, P>,
) -> view::Container {
    container.finish(|resources, probes| (resources.resources(), Some(probes.stated())))
}

/// A container that runs to its end.
#[track_caller]
pub(super) fn ending<W: Workload, R: StatesResources, P: StatesNoProbes>(
    container: Container<W, R, P>,
) -> view::Container {
    container.finish(|resources, _| (resources.resources(), None))
}

impl<W: Workload> Deployment<W> {
    /// Runs this container in the same pod, too; it bears a name of its own,
    /// [`W::container_named(..)`](Workload::container_named).
    #[track_caller]
    pub fn container<R: StatesResources, P: StatesProbes>(mut self, container: Container<W, R, P>) -> Self {
        self.view.containers.push(staying(container));
        self
    }
}

impl<W: Workload> StatefulSet<W> {
    /// Runs this container in the same pod, too; it bears a name of its own,
    /// [`W::container_named(..)`](Workload::container_named).
    #[track_caller]
    pub fn container<R: StatesResources, P: StatesProbes>(mut self, container: Container<W, R, P>) -> Self {
        self.view.containers.push(staying(container));
        self
    }
}

impl<W: Workload> DaemonSet<W> {
    /// Runs this container in the same pod, too; it bears a name of its own,
    /// [`W::container_named(..)`](Workload::container_named).
    #[track_caller]
    pub fn container<R: StatesResources, P: StatesProbes>(mut self, container: Container<W, R, P>) -> Self {
        self.view.containers.push(staying(container));
        self
    }
}

impl<W: Workload> Job<W> {
    /// Runs this container in the same pod, too; the pod ends when all of them have ended.
    #[track_caller]
    pub fn container<R: StatesResources, P: StatesNoProbes>(mut self, container: Container<W, R, P>) -> Self {
        self.view.containers.push(ending(container));
        self
    }
}

impl<W: Workload> CronJob<W> {
    /// Runs this container in the same pod, too; the pod ends when all of them have ended.
    #[track_caller]
    pub fn container<R: StatesResources, P: StatesNoProbes>(mut self, container: Container<W, R, P>) -> Self {
        self.view.containers.push(ending(container));
        self
    }
}

impl<W: Workload, K> Service<W, K> {
    /// Runs this container to its end before the others start; several run in the order in which they are said.
    ///
    /// It is meshed like the others, since Linkerd's proxy starts before it, and bears a name of its own.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// # pub enum Ledger {}
    /// # impl Workload for Ledger {
    /// #     const NAME: Name = name!("ledger");
    /// #     const NAMESPACE: Namespace = namespace!("payments");
    /// # }
    /// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
    /// # fn ledger() -> Deployment<Ledger> { unimplemented!() }
    /// let migrates = Ledger::container_named(name!("migrate"), IMAGE).resources(cpu!("100m"), memory!("64Mi"));
    /// # let _ = |ledger: Deployment<Ledger>|
    /// ledger.init_container(migrates)
    /// # ;
    /// ```
    #[track_caller]
    pub fn init_container<R: StatesResources, P: StatesNoProbes>(mut self, container: Container<W, R, P>) -> Self {
        self.view.init_containers.push(view::InitContainer::RunsToItsEnd(ending(container)));
        self
    }

    /// Starts this container before the others and keeps it running beside them, until they have ended: a native sidecar
    /// (Kubernetes, *Sidecar Containers*).
    #[track_caller]
    pub fn sidecar<R: StatesResources, P: StatesProbes>(mut self, container: Container<W, R, P>) -> Self {
        self.view.init_containers.push(view::InitContainer::Sidecar(staying(container)));
        self
    }
}
