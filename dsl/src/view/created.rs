//! Pods that a service creates while it runs.

use super::{CalledPort, Endpoint, External, ServedPort};
use crate::identity::Identity;
use crate::said::Said;
use crate::seal::Seal;

/// Pods that a service creates while it runs.
#[derive(Debug)]
pub struct RuntimePods {
    /// Who they are.
    pub identity: Said<Identity>,
    /// What they serve.
    pub ports: Vec<Said<ServedPort>>,
    /// What they call.
    pub calls: Vec<Said<Endpoint>>,
    /// Which of their ports peers call.
    pub callers: Vec<Said<CalledPort>>,
    /// What they reach outside.
    pub reaches: Vec<Said<External>>,
    /// Keeps views from being forged.
    pub seal: Seal,
}
