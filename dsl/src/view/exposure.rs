//! Hostnames, and who may see what stands behind them.

use super::ServedPort;
use crate::said::Setting;
use crate::seal::Seal;
use crate::word::{Audience, Host, Path, Reason, Seconds};

/// A hostname, or its paths below one, and the decision.
#[derive(Debug)]
pub struct Exposure {
    /// The hostname.
    pub host: Host,
    /// The path below which the port answers; without one, it answers for all paths that no other does.
    pub path: Option<Path>,
    /// Who may see it.
    pub decision: Decision,
    /// How the tunnel connects to the port.
    pub origin: Origin,
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

/// How the tunnel connects to a port.
#[derive(Debug)]
pub struct Origin {
    /// How long a connection may take to be made.
    pub connect_timeout: Setting<Seconds>,
    /// How many idle connections are kept.
    pub keep_alive_connections: Setting<u16>,
    /// How long an idle connection is kept.
    pub keep_alive_timeout: Setting<Seconds>,
    /// How often TCP asks whether the other end is there.
    pub tcp_keep_alive: Setting<Seconds>,
    /// Whether bodies are sent with their length only, never in chunks.
    pub without_chunks: Setting<()>,
    /// Keeps views from being forged.
    pub seal: Seal,
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
