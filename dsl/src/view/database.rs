//! Databases that an operator runs.

use super::PeerCaller;
use crate::seal::Seal;
use crate::word::{Label, Name, Namespace};

/// A database among services.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Database {
    /// Its name.
    pub name: Name,
    /// Its namespace, which is one of services.
    pub namespace: Namespace,
    /// The Service of the instance that can be written to.
    pub service: Name,
    /// The label by which its operator marks its pods.
    pub label: Label,
    /// The peers that call it, beside services.
    pub callers: Vec<PeerCaller>,
}

/// A credential that its operator makes.
#[derive(Debug)]
pub struct DatabaseField {
    /// Whose.
    pub database: Database,
    /// Which.
    pub key: DatabaseKey,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// The keys of the Secret that the operator makes.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum DatabaseKey {
    /// The connection as a URL.
    Uri,
    /// The user.
    Username,
    /// The password.
    Password,
    /// The host.
    Host,
    /// The port.
    Port,
    /// The database.
    Dbname,
}
