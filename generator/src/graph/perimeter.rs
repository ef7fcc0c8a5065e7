//! The tunnel and its hostnames.

use std::collections::BTreeMap;

use casemate_dsl::Tunnel;
use casemate_dsl::view::Decision;
use casemate_dsl::word::{Host, Path};

use super::{Callee, Id};

/// The tunnel and its hostnames.
#[derive(Debug)]
pub(crate) struct Perimeter {
    pub(crate) tunnel: Tunnel,
    pub(crate) id: Id,
    /// The rules of each hostname, in the order in which they are tried: the longest path first, the hostname alone last.
    pub(crate) rules: BTreeMap<Host, Vec<IngressRule>>,
}

impl Perimeter {
    /// All rules, each with its hostname, in the order in which they are tried.
    pub(crate) fn each_rule(&self) -> impl Iterator<Item = (Host, &IngressRule)> {
        self.rules.iter().flat_map(|(host, rules)| rules.iter().map(|rule| (*host, rule)))
    }
}

/// What a hostname leads to, or the paths of it below one.
#[derive(Debug)]
pub(crate) struct IngressRule {
    /// `None` for every path.
    pub(crate) path: Option<Path>,
    pub(crate) to: Callee,
    pub(crate) decision: Decision,
    pub(crate) origin: Origin,
}

impl IngressRule {
    /// The rule's hostname with its path, as people write it.
    pub(crate) fn spelled(&self, host: Host) -> String {
        self.path.map_or_else(|| host.to_string(), |path| format!("{host}{path}"))
    }
}

/// How the tunnel connects to a port, where that is not cloudflared's default. Times are in seconds.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct Origin {
    pub(crate) connect_timeout: Option<u32>,
    pub(crate) keep_alive_connections: Option<u16>,
    pub(crate) keep_alive_timeout: Option<u32>,
    pub(crate) tcp_keep_alive: Option<u32>,
    pub(crate) without_chunks: bool,
}
