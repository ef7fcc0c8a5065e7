//! Webhooks that the API server asks.

use super::ServedPort;
use crate::said::Setting;
use crate::seal::Seal;
use crate::word::{Namespace, Path, Seconds};

/// A webhook.
#[derive(Debug)]
pub struct Webhook {
    /// Whether it may change what it is asked about.
    pub mutates: bool,
    /// Where it answers.
    pub path: Path,
    /// What it is asked about; never empty.
    pub about: Vec<Admission>,
    /// The namespaces that it is asked about; never empty.
    pub namespaces: Vec<Namespace>,
    /// Whether nothing is taken while it is away.
    pub refuses: bool,
    /// The time in which it answers.
    pub timeout: Setting<Seconds>,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// A webhook at a port.
#[derive(Debug)]
pub struct WebhookAt {
    /// The port.
    pub port: ServedPort,
    /// The webhook.
    pub webhook: Webhook,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// What a webhook is asked about.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Admission {
    /// The API group.
    pub group: &'static str,
    /// The version of the API.
    pub version: &'static str,
    /// The resource, in the plural.
    pub resource: &'static str,
    /// What is done with it.
    pub operation: Operation,
}

/// What is done with an object.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Operation {
    /// It is created.
    Create,
    /// It is updated.
    Update,
    /// It is deleted.
    Delete,
}
