//! Where pods run.

use crate::identity::Identity;
use crate::said::{Said, Setting};
use crate::seal::Seal;
use crate::word::{Host, Ip, Name, NodeLabel, PriorityClass, RuntimeClass};
pub use crate::workload::Spread;

/// Where the pods of a service run.
#[derive(Debug)]
pub struct Placement {
    /// Labels that its nodes bear.
    pub nodes: Vec<Said<NodeLabel>>,
    /// Labels that its nodes bear where there is room.
    pub preferred_nodes: Vec<Said<NodeLabel>>,
    /// Taints that it tolerates.
    pub tolerations: Vec<Said<Taint>>,
    /// How its pods are spread.
    pub spread: Setting<Spread>,
    /// Beside whom it runs.
    pub near: Vec<Said<Identity>>,
    /// Beside whom it does not run.
    pub apart_from: Vec<Said<Identity>>,
    /// Its priority class.
    pub priority: Setting<PriorityClass>,
    /// Its runtime class.
    pub runtime: Setting<RuntimeClass>,
    /// That it runs in a user namespace.
    pub user_namespace: Setting<()>,
    /// Hostnames that no DNS server has.
    pub host_aliases: Vec<Said<HostAlias>>,
    /// How many dots make a name complete.
    pub ndots: Setting<u16>,
    /// What its pods take for their hostname.
    pub hostname: Setting<Name>,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// A taint.
#[derive(Debug)]
pub struct Taint {
    /// Its key, and its value or that any will do.
    pub label: NodeLabel,
    /// What it does.
    pub effect: TaintEffect,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// What a taint does to pods that do not tolerate it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum TaintEffect {
    /// They are not put there.
    NoSchedule,
    /// They are put elsewhere where that is possible.
    PreferNoSchedule,
    /// They are removed.
    NoExecute,
}

/// An address with the hostname by which a pod knows it.
#[derive(Debug)]
pub struct HostAlias {
    /// The address.
    pub address: Ip,
    /// The hostname.
    pub host: Host,
    /// Keeps views from being forged.
    pub seal: Seal,
}
