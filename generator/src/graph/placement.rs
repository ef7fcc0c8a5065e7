//! Placement: on which nodes pods run, and beside whom.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::Spread;
use casemate_dsl::view::TaintEffect;
use casemate_dsl::word::{Host, Ip, Name, NodeLabel, PriorityClass, RuntimeClass};

use super::Id;

/// Where the pods of a service run.
#[derive(Debug, Default)]
pub(crate) struct Placement {
    /// Labels that its nodes bear, with these values.
    pub(crate) nodes: BTreeMap<&'static str, &'static str>,
    /// Labels that its nodes bear, whatever their values.
    pub(crate) any_of_key: BTreeSet<&'static str>,
    /// Labels that its nodes bear where there is room.
    pub(crate) preferred_nodes: BTreeSet<NodeLabel>,
    pub(crate) tolerations: BTreeSet<(NodeLabel, TaintEffect)>,
    /// How several pods are spread, if there can be several.
    pub(crate) spread: Option<Spread>,
    pub(crate) near: BTreeSet<Id>,
    pub(crate) apart_from: BTreeSet<Id>,
    pub(crate) priority: Option<PriorityClass>,
    pub(crate) runtime: Option<RuntimeClass>,
    pub(crate) user_namespace: bool,
    /// Hostnames by address.
    pub(crate) host_aliases: BTreeMap<Ip, BTreeSet<Host>>,
    pub(crate) ndots: Option<u16>,
    pub(crate) hostname: Option<Name>,
}
