//! What a container finds in its file system.

use super::Container;
use crate::claim::Claim;
use crate::config::ConfigText;
use crate::identity::Workload;
use crate::said::Said;
use crate::seal::Seal;
use crate::secret::SecretField;
use crate::view;
use crate::word::{Memory, Path};

impl<W: Workload, R, P> Container<W, R, P> {
    /// Gets an empty writable directory of at most 1 GiB, which is gone with the pod.
    #[track_caller]
    pub fn scratch(self, at: Path) -> Self {
        self.scratch_of(crate::memory!("1Gi"), at)
    }

    /// Gets an empty writable directory of at most this size, which is gone with the pod.
    #[track_caller]
    pub fn scratch_of(self, size: Memory, at: Path) -> Self {
        self.mount(at, view::MountSource::Scratch { size })
    }

    /// Gets a config file. A change of its contents rolls the pods.
    #[track_caller]
    pub fn config<T: ConfigText>(self, at: Path, text: T) -> Self {
        self.mount(at, view::MountSource::Config(text.text()))
    }

    /// Gets a field of a secret as a file.
    #[track_caller]
    pub fn secret_file(self, at: Path, field: SecretField) -> Self {
        self.mount(at, view::MountSource::Secret(field))
    }

    /// Gets a claim to read and write.
    #[track_caller]
    pub fn mounts(self, claim: Claim, at: Path) -> Self {
        self.mount(at, view::MountSource::Claim { claim: claim.view(), read_only: false })
    }

    /// Gets a claim to read.
    #[track_caller]
    pub fn reads(self, claim: Claim, at: Path) -> Self {
        self.mount(at, view::MountSource::Claim { claim: claim.view(), read_only: true })
    }

    #[track_caller]
    fn mount(mut self, path: Path, source: view::MountSource) -> Self {
        self.said.mounts.push(Said::here(view::Mount { path, source, seal: Seal::new() }));
        self
    }
}
