//! What is mounted, and claims.

use super::{ConfigText, PodField};
use crate::said::Said;
use crate::seal::Seal;
use crate::secret::SecretField;
use crate::word::{FileName, Image, Memory, Name, Namespace, Path, Storage, StorageClass, SubPath};

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
    /// A claim or a scratch directory, or a part of one; or the files of an image.
    Volume {
        /// The volume.
        volume: Volume,
        /// Whether it is only read.
        read_only: bool,
    },
    /// The memory that processes share, `/dev/shm`, of at most this size.
    SharedMemory {
        /// The size.
        size: Memory,
    },
    /// A config file.
    Config(ConfigText),
    /// A field of a secret, as a file.
    Secret(SecretField),
    /// The certificate of the service's webhook, as a directory.
    WebhookCertificate,
    /// A directory of these files, of which there is at least one.
    Directory(Vec<Said<File>>),
}

/// A file of a directory.
#[derive(Debug)]
pub struct File {
    /// Its name.
    pub name: FileName,
    /// What it holds.
    pub contents: FileContents,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// What a file of a directory holds.
#[derive(Debug)]
pub enum FileContents {
    /// A text.
    Text(ConfigText),
    /// A field of a secret.
    Secret(SecretField),
    /// A field of the pod.
    Pod(PodField),
}

/// A volume, or a part of one.
#[derive(Debug)]
pub struct Volume {
    /// What it is.
    pub source: VolumeSource,
    /// The directory in it that is mounted; `None` for the whole volume.
    pub sub_path: Option<SubPath>,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// What a volume is.
#[derive(Debug)]
pub enum VolumeSource {
    /// A claim.
    Claim(Claim),
    /// A scratch directory.
    Scratch(Scratch),
    /// The files of an image.
    Image(ImageVolume),
}

/// The files of an image.
#[derive(Debug)]
pub struct ImageVolume {
    /// Its name.
    pub name: Name,
    /// The image.
    pub image: Image,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// A scratch directory.
#[derive(Debug)]
pub struct Scratch {
    /// Its name; `None` for one that stands at one path of one container.
    pub name: Option<Name>,
    /// Its size.
    pub size: Memory,
    /// Whether it lies in memory, rather than on the node's disk.
    pub in_memory: bool,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// A PersistentVolumeClaim.
#[derive(Debug)]
pub struct Claim {
    /// Its name.
    pub name: Name,
    /// Who makes it.
    pub kind: ClaimKind,
    /// How many can mount it.
    pub mode: AccessMode,
    /// Its storage class, unless the cluster's default.
    pub class: Option<StorageClass>,
    /// Whether its data may go with its declaration.
    pub disposable: bool,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// Who makes a claim.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ClaimKind {
    /// Its service.
    Own {
        /// Its size.
        size: Storage,
    },
    /// Its namespace, whose services share it.
    Shared {
        /// The namespace.
        namespace: Namespace,
        /// Its size.
        size: Storage,
    },
    /// Its StatefulSet, for each pod.
    Template {
        /// The size of each.
        size: Storage,
    },
    /// Somebody else.
    Existing {
        /// Where it is.
        namespace: Namespace,
    },
}

/// How many can mount a claim to write to it, in Kubernetes' words.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AccessMode {
    /// The pods of one node.
    ReadWriteOnce,
    /// One pod.
    ReadWriteOncePod,
    /// Pods of several nodes.
    ReadWriteMany,
}
