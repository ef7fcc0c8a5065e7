//! Claims: storage that outlives pods, and the declaration itself.

use crate::seal::Seal;
use crate::view::{self, AccessMode, ClaimKind};
use crate::volume::Part;
use crate::word::{Name, Namespace, Storage, StorageClass, SubPath};

/// A PersistentVolumeClaim.
///
/// Data outlives declarations: a claim stays in the cluster when its service is removed, unless it is declared
/// [`disposable`](Self::disposable). A container mounts it with [`.mounts(..)`](crate::Container::mounts) or
/// [`.reads(..)`](crate::Container::reads), whole or a [part](Self::sub_path) of it.
///
/// | | made by | mounted by | access mode |
/// |---|---|---|---|
/// | [`own`](Self::own) | its service | one pod, or more with [`read_write_many`](Self::read_write_many) | `ReadWriteOnce` |
/// | [`shared`](Self::shared) | its namespace | pods of several services | `ReadWriteMany` |
/// | [`template`](Self::template) | its StatefulSet, for each pod | that pod | `ReadWriteOnce` |
/// | [`existing`](Self::existing) | somebody else | one pod, or more where it is `read_write_many` | what it has |
///
/// ```
/// # use casemate_dsl::prelude::*;
/// /// Forecasts, written by the CronJob and read by the API.
/// pub const DATA: Claim = Claim::shared(namespace!("stargazer"), name!("stargazer-data"), storage!("5Gi"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    name: Name,
    kind: ClaimKind,
    mode: AccessMode,
    class: Option<StorageClass>,
    disposable: bool,
}

impl Claim {
    /// A claim of the namespace, which several services mount (`ReadWriteMany`).
    #[must_use]
    pub const fn shared(namespace: Namespace, name: Name, size: Storage) -> Self {
        Self::of(name, ClaimKind::Shared { namespace, size }, AccessMode::ReadWriteMany)
    }

    /// A claim of one service (`ReadWriteOnce`); it is named after the service and `name`.
    ///
    /// One pod at a time holds it: its service has one replica, and stops the old pod before it starts the new one.
    #[must_use]
    pub const fn own(name: Name, size: Storage) -> Self {
        Self::of(name, ClaimKind::Own { size }, AccessMode::ReadWriteOnce)
    }

    /// A claim for each pod of a StatefulSet (`ReadWriteOnce`); each is named after `name`, the service and the pod's number.
    ///
    /// On any other kind of workload `resolve` refuses it: those have no pods that keep their number.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const DATA: Claim = Claim::template(name!("data"), storage!("20Gi")).of_class(storage_class!("longhorn"));
    /// ```
    #[must_use]
    pub const fn template(name: Name, size: Storage) -> Self {
        Self::of(name, ClaimKind::Template { size }, AccessMode::ReadWriteOnce)
    }

    /// A claim that somebody else made in this namespace, under exactly this name: it is mounted, and never rendered.
    ///
    /// Like any claim it belongs to the group of its pods (`.volume_group(..)`): say the group of whoever else writes to it. It is taken for
    /// one that a single pod can hold, unless [`read_write_many`](Self::read_write_many) says that it is not. Size, class
    /// and whether its data may go are its maker's to say; `resolve` refuses them here.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const FILMS: Claim = Claim::existing(namespace!("media"), name!("films")).read_write_many();
    /// ```
    #[must_use]
    pub const fn existing(namespace: Namespace, name: Name) -> Self {
        Self::of(name, ClaimKind::Existing { namespace }, AccessMode::ReadWriteOnce)
    }

    const fn of(name: Name, kind: ClaimKind, mode: AccessMode) -> Self {
        Self { name, kind, mode, class: None, disposable: false }
    }

    /// A claim of this storage class, instead of the cluster's default.
    #[must_use]
    pub const fn of_class(mut self, class: StorageClass) -> Self {
        self.class = Some(class);
        self
    }

    /// A claim whose data may be deleted with the declaration.
    #[must_use]
    pub const fn disposable(mut self) -> Self {
        self.disposable = true;
        self
    }

    /// A claim that the cluster lets no second pod mount, also not on the same node (`ReadWriteOncePod`).
    ///
    /// `ReadWriteOnce`, which is said without this, holds off other *nodes* only (Kubernetes, *Persistent Volumes: Access Modes*).
    /// A shared claim cannot say it.
    #[must_use]
    pub const fn read_write_once_pod(mut self) -> Self {
        self.mode = AccessMode::ReadWriteOncePod;
        self
    }

    /// A claim that pods of several nodes can mount at the same time (`ReadWriteMany`), so that its service may have replicas.
    ///
    /// The storage class has to offer it: NFS and Longhorn do, a local disk does not.
    #[must_use]
    pub const fn read_write_many(mut self) -> Self {
        self.mode = AccessMode::ReadWriteMany;
        self
    }

    /// A directory within this claim, which is made when it is not there.
    pub const fn sub_path(self, sub_path: SubPath) -> Part<Self> {
        Part::of(self, sub_path)
    }

    pub(crate) const fn view(self) -> view::Claim {
        let Self { name, kind, mode, class, disposable } = self;
        view::Claim { name, kind, mode, class, disposable, seal: Seal::new() }
    }
}
