//! Scratch directories: storage that is gone with its pod.

use crate::seal::Seal;
use crate::view;
use crate::volume::Part;
use crate::word::{Memory, Name, SubPath};

/// A scratch directory of a pod: empty when the pod starts, gone with it, and never larger than its size.
///
/// A container that writes more than the size loses its pod to eviction, where the directory lies on the node's disk, and is refused by
/// the kernel, where it lies in memory (Kubernetes, *Volumes: emptyDir*). One scratch may stand at several paths and in several
/// containers of its pod; two services that name one constant have two directories.
///
/// One that stands at one path of one container needs no constant:
/// [`.scratch(path!("/tmp"))`](crate::Container::scratch).
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
/// const WORK: Scratch = Scratch::disk(name!("work"), memory!("2Gi"));
///
/// let container = Ledger::container(IMAGE)
///     .mounts(WORK.sub_path(sub_path!("cache")), path!("/var/cache/ledger"))
///     .mounts(WORK.sub_path(sub_path!("run")), path!("/run/ledger"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Scratch {
    name: Name,
    size: Memory,
    in_memory: bool,
}

impl Scratch {
    /// A directory on the node's disk, of at most this size.
    #[must_use]
    pub const fn disk(name: Name, size: Memory) -> Self {
        Self { name, size, in_memory: false }
    }

    /// A directory in memory, of at most this size.
    ///
    /// What lies in it counts as memory of the container that wrote it: together, such directories of a container stay below its memory
    /// limit, or `resolve` refuses them.
    #[must_use]
    pub const fn in_memory(name: Name, size: Memory) -> Self {
        Self { name, size, in_memory: true }
    }

    /// A directory within this one, which is made when it is not there.
    pub const fn sub_path(self, sub_path: SubPath) -> Part<Self> {
        Part::of(self, sub_path)
    }

    pub(crate) const fn view(self) -> view::Scratch {
        let Self { name, size, in_memory } = self;
        view::Scratch { name: Some(name), size, in_memory, seal: Seal::new() }
    }
}
