//! Placement: on which nodes pods run, and beside whom.

use super::Service;
use crate::identity::{Identity, Workload};
use crate::said::{Said, Setting};
use crate::seal::{Seal, Sealed};
use crate::view;
use crate::word::{Host, Ip, Name, NodeLabel, PriorityClass, RuntimeClass};

pub(super) const fn unsaid() -> view::Placement {
    view::Placement {
        nodes: Vec::new(),
        preferred_nodes: Vec::new(),
        tolerations: Vec::new(),
        spread: Setting::unsaid(),
        near: Vec::new(),
        apart_from: Vec::new(),
        priority: Setting::unsaid(),
        runtime: Setting::unsaid(),
        user_namespace: Setting::unsaid(),
        host_aliases: Vec::new(),
        ndots: Setting::unsaid(),
        hostname: Setting::unsaid(),
        seal: Seal::new(),
    }
}

/// A taint of nodes, which a workload tolerates. Each is named: nothing tolerates everything.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// let taint = Taint::no_schedule(node_label!("nvidia.com/gpu", "present"));
/// let control_plane = Taint::no_schedule(node_label!("node-role.kubernetes.io/control-plane", Exists));
/// ```
#[derive(Debug)]
#[must_use = "a taint is tolerated by the workload that says `.tolerates(..)`"]
pub struct Taint(view::Taint);

impl Taint {
    /// Pods that do not tolerate it are not put on the node.
    pub const fn no_schedule(label: NodeLabel) -> Self {
        Self(view::Taint { label, effect: view::TaintEffect::NoSchedule, seal: Seal::new() })
    }

    /// Pods that do not tolerate it are put on other nodes, where there are any.
    pub const fn prefer_no_schedule(label: NodeLabel) -> Self {
        Self(view::Taint { label, effect: view::TaintEffect::PreferNoSchedule, seal: Seal::new() })
    }

    /// Pods that do not tolerate it are removed from the node, too.
    pub const fn no_execute(label: NodeLabel) -> Self {
        Self(view::Taint { label, effect: view::TaintEffect::NoExecute, seal: Seal::new() })
    }
}

/// Something that a workload tolerates.
#[diagnostic::on_unimplemented(
    message = "a workload tolerates taints, each by its name and effect",
    label = "no taint",
    note = "write `.tolerates(Taint::no_schedule(node_label!(\"nvidia.com/gpu\", \"present\")))`"
)]
pub trait Placed: Sealed {
    #[doc(hidden)]
    fn taint(self) -> view::Taint;
}

impl Sealed for Taint {}

#[diagnostic::do_not_recommend]
impl Placed for Taint {
    fn taint(self) -> view::Taint {
        self.0
    }
}

/// How the pods of one workload are spread.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Spread {
    /// Over nodes where that is possible: what holds for several replicas unless another is said.
    Nodes,
    /// Over nodes, evenly: a pod waits rather than stand beside another one.
    NodesStrictly,
    /// Over zones where that is possible.
    Zones,
    /// Over zones, evenly: a pod waits rather than make a zone fuller than the others.
    ZonesStrictly,
    /// Never two on one node.
    OnePerNode,
}

impl<W, K> Service<W, K> {
    /// Runs on nodes that bear this label only.
    #[track_caller]
    pub fn on_nodes(mut self, label: NodeLabel) -> Self {
        self.view.placement.nodes.push(Said::here(label));
        self
    }

    /// Runs on nodes that bear this label, where there is room.
    #[track_caller]
    pub fn prefers_nodes(mut self, label: NodeLabel) -> Self {
        self.view.placement.preferred_nodes.push(Said::here(label));
        self
    }

    /// Runs on nodes with this taint, too.
    #[track_caller]
    pub fn tolerates<T: Placed>(mut self, taint: T) -> Self {
        self.view.placement.tolerations.push(Said::here(taint.taint()));
        self
    }

    /// Spreads its pods like this.
    #[track_caller]
    pub fn spread(mut self, spread: Spread) -> Self {
        self.view.placement.spread.say(spread);
        self
    }

    /// Runs on the nodes on which `Other` runs, where there is room.
    #[track_caller]
    pub fn near<Other: Workload>(mut self) -> Self {
        self.view.placement.near.push(Said::here(Identity::of::<Other>()));
        self
    }

    /// Runs on other nodes than `Other`, where there are any.
    #[track_caller]
    pub fn apart_from<Other: Workload>(mut self) -> Self {
        self.view.placement.apart_from.push(Said::here(Identity::of::<Other>()));
        self
    }

    /// Is scheduled with this priority, which the cluster has.
    #[track_caller]
    pub fn priority(mut self, class: PriorityClass) -> Self {
        self.view.placement.priority.say(class);
        self
    }

    /// Is run by this runtime, which the cluster has: `nvidia`, `gvisor`.
    #[track_caller]
    pub fn runtime(mut self, class: RuntimeClass) -> Self {
        self.view.placement.runtime.say(class);
        self
    }

    /// Runs in a user namespace (`hostUsers: false`): its user is nobody on the node. From Kubernetes 1.33 on.
    #[track_caller]
    pub fn user_namespace(mut self) -> Self {
        self.view.placement.user_namespace.say(());
        self
    }

    /// Knows this address by this hostname, which no DNS server has.
    ///
    /// It opens nothing: whether the address can be reached, `.reaches(..)` says.
    #[track_caller]
    pub fn host_alias(mut self, address: Ip, host: Host) -> Self {
        self.view.placement.host_aliases.push(Said::here(view::HostAlias { address, host, seal: Seal::new() }));
        self
    }

    /// Asks DNS for a name with this many dots as it stands first, instead of 5; at most 15.
    #[track_caller]
    pub fn ndots(mut self, dots: u16) -> Self {
        self.view.placement.ndots.say(dots);
        self
    }

    /// Its pods see this name as their own hostname, instead of the pod's.
    #[track_caller]
    pub fn hostname(mut self, name: Name) -> Self {
        self.view.placement.hostname.say(name);
        self
    }
}
