//! Hostnames, and who may see what stands behind them.

use super::ServedPort;
use crate::seal::Seal;
use crate::word::{Audience, Host, Reason};

/// A hostname and its decision.
#[derive(Debug)]
pub struct Exposure {
    /// The hostname.
    pub host: Host,
    /// Who may see it.
    pub decision: Decision,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// Who may see a hostname.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Decision {
    /// Who passed Access for this audience.
    Access(Audience),
    /// Everybody, and why.
    Public(Reason),
}

/// A port under a hostname.
#[derive(Debug)]
pub struct ExposedPort {
    /// The port.
    pub port: ServedPort,
    /// The hostname and its decision.
    pub exposure: Exposure,
    /// Keeps views from being forged.
    pub seal: Seal,
}
