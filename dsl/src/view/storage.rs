//! What is mounted, and claims.

use super::ConfigText;
use crate::seal::Seal;
use crate::secret::SecretField;
use crate::word::{Memory, Name, Namespace, Path, Storage, StorageClass};

/// Something mounted into a container.
#[derive(Debug)]
pub struct Mount {
    /// Where.
    pub path: Path,
    /// What.
    pub source: MountSource,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// What is mounted.
#[derive(Debug)]
pub enum MountSource {
    /// An empty directory of at most this size.
    Scratch {
        /// The size.
        size: Memory,
    },
    /// A config file.
    Config(ConfigText),
    /// A field of a secret, as a file.
    Secret(SecretField),
    /// A claim.
    Claim {
        /// The claim.
        claim: Claim,
        /// Whether it is only read.
        read_only: bool,
    },
}

/// A PersistentVolumeClaim.
#[derive(Debug)]
pub struct Claim {
    /// Its name.
    pub name: Name,
    /// Its size.
    pub size: Storage,
    /// The namespace whose services share it; `None` for a claim of one service.
    pub shared_in: Option<Namespace>,
    /// Its storage class, unless the cluster's default.
    pub class: Option<StorageClass>,
    /// Whether its data may go with its declaration.
    pub disposable: bool,
    /// Keeps views from being forged.
    pub seal: Seal,
}
