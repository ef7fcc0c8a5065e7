//! What a container finds in its file system.

use super::Container;
use crate::config::ConfigText;
use crate::files::Filled;
use crate::identity::Workload;
use crate::said::Said;
use crate::seal::Seal;
use crate::secret::SecretField;
use crate::view;
use crate::volume::{Readable, Writable};
use crate::word::{Memory, Path};

impl<W: Workload, R, P> Container<W, R, P> {
    /// Gets an empty writable directory of at most 1 GiB, which is gone with the pod.
    #[track_caller]
    pub fn scratch(self, at: Path) -> Self {
        self.scratch_of(crate::memory!("1Gi"), at)
    }

    /// Gets an empty writable directory of at most this size, which is gone with the pod.
    ///
    /// It stands at this path of this container alone. One for several paths or containers, or in memory, is a
    /// [`Scratch`](crate::Scratch) with a name.
    #[track_caller]
    pub fn scratch_of(self, size: Memory, at: Path) -> Self {
        let scratch = view::Scratch { name: None, size, in_memory: false, seal: Seal::new() };
        let volume = view::Volume { source: view::VolumeSource::Scratch(scratch), sub_path: None, seal: Seal::new() };
        self.mount(at, view::MountSource::Volume { volume, read_only: false })
    }

    /// Gets memory of at most this size that its processes share, as `/dev/shm`, instead of the 64 MiB of most runtimes.
    ///
    /// What lies in it counts as memory of the container that wrote it, so it stays below the memory limit. Containers of one pod that say
    /// this share it, and say one size.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// # pub enum Ledger {}
    /// # impl Workload for Ledger {
    /// #     const NAME: Name = name!("ledger");
    /// #     const NAMESPACE: Namespace = namespace!("payments");
    /// # }
    /// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
    /// let container =
    ///     Ledger::container(IMAGE).resources(cpu!("1"), memory!("4Gi")).shared_memory(memory!("1Gi"));
    /// ```
    #[track_caller]
    pub fn shared_memory(self, size: Memory) -> Self {
        self.mount(crate::path!("/dev/shm"), view::MountSource::SharedMemory { size })
    }

    /// Gets a config file: a text, a [`template`](crate::template), or a script that is [`executable`](crate::executable). A change of its
    /// contents rolls the pods.
    #[track_caller]
    pub fn config<T: ConfigText>(self, at: Path, text: T) -> Self {
        self.mount(at, view::MountSource::Config(text.text()))
    }

    /// Gets a field of a secret as a file.
    #[track_caller]
    pub fn secret_file(self, at: Path, field: SecretField) -> Self {
        self.mount(at, view::MountSource::Secret(field))
    }

    /// Gets the certificate of the service's [`Webhook`](crate::Webhook), as the files `tls.crt` and `tls.key` of this directory.
    ///
    /// cert-manager renews it, and the files follow: the application reads them again.
    #[track_caller]
    pub fn webhook_certificate(self, at: Path) -> Self {
        self.mount(at, view::MountSource::WebhookCertificate)
    }

    /// Gets a directory of files: texts, fields of secrets and fields of the pod side by side, and nothing else.
    ///
    /// ```compile_fail,E0277
    /// # use casemate_dsl::prelude::*;
    /// # pub enum Ledger {}
    /// # impl Workload for Ledger {
    /// #     const NAME: Name = name!("ledger");
    /// #     const NAMESPACE: Namespace = namespace!("payments");
    /// # }
    /// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
    /// let container = Ledger::container(IMAGE).directory(path!("/etc/ledger"), Files::new());
    /// ```
    #[track_caller]
    pub fn directory<F: Filled>(self, at: Path, files: F) -> Self {
        self.mount(at, view::MountSource::Directory(files.files()))
    }

    /// Gets a claim or a scratch directory, or a part of one, to read and write.
    ///
    /// Mounts may stand within one another. What stands within a file, or within what is only read, `resolve` refuses: the runtime
    /// could not make the place where it is mounted.
    ///
    /// ```compile_fail,E0277
    /// # use casemate_dsl::prelude::*;
    /// # pub enum Ledger {}
    /// # impl Workload for Ledger {
    /// #     const NAME: Name = name!("ledger");
    /// #     const NAMESPACE: Namespace = namespace!("payments");
    /// # }
    /// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
    /// let container = Ledger::container(IMAGE).mounts("/srv/data", path!("/data"));
    /// ```
    #[track_caller]
    pub fn mounts<V: Writable>(self, volume: V, at: Path) -> Self {
        self.mount(at, view::MountSource::Volume { volume: volume.written(), read_only: false })
    }

    /// Gets a claim or a scratch directory, or a part of one, to read; or the files of an [image](crate::ImageVolume).
    #[track_caller]
    pub fn reads<V: Readable>(self, volume: V, at: Path) -> Self {
        self.mount(at, view::MountSource::Volume { volume: volume.read(), read_only: true })
    }

    #[track_caller]
    fn mount(mut self, path: Path, source: view::MountSource) -> Self {
        self.said.mounts.push(Said::here(view::Mount { path, source, seal: Seal::new() }));
        self
    }
}
