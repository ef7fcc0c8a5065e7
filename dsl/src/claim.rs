//! Claims: storage that outlives pods, and the declaration itself.

use crate::seal::Seal;
use crate::view;
use crate::volume::Part;
use crate::word::{Name, Namespace, Storage, StorageClass, SubPath};

/// A PersistentVolumeClaim.
///
/// Data outlives declarations: a claim stays in the cluster when its service is removed, unless it is declared
/// [`disposable`](Self::disposable).
///
/// ```
/// # use casemate_dsl::prelude::*;
/// /// Forecasts, written by the CronJob and read by the API.
/// pub const DATA: Claim = Claim::shared(namespace!("stargazer"), name!("stargazer-data"), storage!("5Gi"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    name: Name,
    size: Storage,
    shared_in: Option<Namespace>,
    class: Option<StorageClass>,
    disposable: bool,
}

impl Claim {
    /// A claim of the namespace, which several services mount (`ReadWriteMany`).
    #[must_use]
    pub const fn shared(namespace: Namespace, name: Name, size: Storage) -> Self {
        Self { name, size, shared_in: Some(namespace), class: None, disposable: false }
    }

    /// A claim of one service (`ReadWriteOnce`); it is named after the service and `name`.
    #[must_use]
    pub const fn own(name: Name, size: Storage) -> Self {
        Self { name, size, shared_in: None, class: None, disposable: false }
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

    /// A directory within this claim, which is made when it is not there.
    pub const fn sub_path(self, sub_path: SubPath) -> Part<Self> {
        Part::of(self, sub_path)
    }

    pub(crate) const fn view(self) -> view::Claim {
        let Self { name, size, shared_in, class, disposable } = self;
        view::Claim { name, size, shared_in, class, disposable, seal: Seal::new() }
    }
}
