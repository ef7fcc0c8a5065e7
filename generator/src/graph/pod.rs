//! Pods: containers and volumes, ready to be rendered.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::ContainerResource;
use casemate_dsl::view::PodField;
use casemate_dsl::word::{Cpu, DeviceName, Memory, Path, Reason, Storage};

/// A pod. Those that are created at run time have nothing in it.
#[derive(Debug, Default)]
pub(crate) struct Pod {
    pub(crate) containers: Vec<Container>,
    /// In the order in which they start.
    pub(crate) init_containers: Vec<InitContainer>,
    /// By name.
    pub(crate) volumes: BTreeMap<String, Volume>,
    /// The group that owns the volumes.
    pub(crate) group: u32,
    /// The other groups of its processes.
    pub(crate) groups: BTreeSet<u32>,
    /// How long it has to end by itself, if it was said.
    pub(crate) grace_period: Option<u32>,
    /// The Secrets with which its images are pulled.
    pub(crate) pull_secrets: BTreeSet<String>,
}

impl Pod {
    /// All containers, however long they run.
    pub(crate) fn each_container(&self) -> impl Iterator<Item = &Container> {
        self.containers.iter().chain(self.init_containers.iter().map(InitContainer::container))
    }
}

/// A container that starts before the others.
#[derive(Debug)]
pub(crate) enum InitContainer {
    RunsToItsEnd(Container),
    Sidecar(Container),
}

impl InitContainer {
    /// The container, however long it runs.
    pub(crate) const fn container(&self) -> &Container {
        match self {
            Self::RunsToItsEnd(container) | Self::Sidecar(container) => container,
        }
    }
}

/// What happens before a container is told to end.
#[derive(Debug)]
pub(crate) enum PreStop {
    Sleep(u32),
    Exec(Vec<String>),
}

/// A container.
#[derive(Debug)]
pub(crate) struct Container {
    pub(crate) name: String,
    /// The image with tag and digest, or with the marked placeholder.
    pub(crate) image: String,
    pub(crate) command: Option<Vec<String>>,
    pub(crate) args: Option<Vec<String>>,
    pub(crate) working_dir: Option<Path>,
    pub(crate) pre_stop: Option<PreStop>,
    pub(crate) env: Vec<Env>,
    pub(crate) ports: BTreeMap<u16, casemate_dsl::view::Protocol>,
    pub(crate) udp: BTreeSet<u16>,
    pub(crate) cpu: Cpu,
    pub(crate) memory: Memory,
    pub(crate) cpu_limit: Option<Cpu>,
    pub(crate) memory_limit: Memory,
    pub(crate) ephemeral_storage: Option<Storage>,
    pub(crate) devices: BTreeMap<DeviceName, u16>,
    pub(crate) user: u32,
    pub(crate) group: u32,
    pub(crate) probes: Option<Probes>,
    /// Why nobody asks it, if nobody does although it stays.
    pub(crate) unprobed: Option<Reason>,
    pub(crate) mounts: Vec<Mount>,
}

/// An environment variable.
#[derive(Debug)]
pub(crate) struct Env {
    pub(crate) name: String,
    pub(crate) value: EnvValue,
}

/// Its value.
#[derive(Debug)]
pub(crate) enum EnvValue {
    Text(String),
    Secret { secret: String, key: String },
    Pod(PodField),
    Resource(ContainerResource),
}

/// The probes of a container.
#[derive(Debug)]
pub(crate) struct Probes {
    pub(crate) readiness: Option<Probe>,
    pub(crate) liveness: Option<Probe>,
    pub(crate) startup: Option<Probe>,
}

/// A probe.
#[derive(Debug)]
pub(crate) struct Probe {
    pub(crate) action: ProbeAction,
    pub(crate) initial_delay: Option<u32>,
    pub(crate) period: Option<u32>,
    pub(crate) timeout: Option<u32>,
    pub(crate) failures: Option<u16>,
}

/// What a probe does.
#[derive(Debug)]
pub(crate) enum ProbeAction {
    Http { port: u16, path: String },
    Exec { command: Vec<String> },
}

/// A volume in a container.
#[derive(Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Mount {
    pub(crate) path: String,
    pub(crate) volume: String,
    pub(crate) sub_path: Option<String>,
    pub(crate) read_only: bool,
}

/// A volume of a pod.
#[derive(Debug)]
pub(crate) struct Volume {
    pub(crate) source: VolumeSource,
}

/// Where a volume comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum VolumeSource {
    /// An empty directory of at most this size, on the node's disk or in memory.
    Scratch { size: Memory, in_memory: bool },
    /// Keys of the service's ConfigMap, each mounted as a file.
    Config { keys: BTreeMap<String, Mode> },
    /// Files of several sources in one directory.
    Directory(Directory),
    /// Keys of a Secret.
    Secret { secret: String, keys: BTreeSet<String> },
    /// The files of an image, with tag and digest, or with the marked placeholder.
    Image { reference: String },
    /// A claim, by its name in the cluster.
    Claim { claim: String },
    /// A token for the Kubernetes API.
    Token,
}

/// Whether a file can be executed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mode {
    Readable,
    Executable,
}

/// The files of a directory, by their names in it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Directory {
    /// Keys of the service's ConfigMap.
    pub(crate) config: BTreeMap<String, (String, Mode)>,
    /// Keys of Secrets, by Secret.
    pub(crate) secrets: BTreeMap<String, BTreeMap<String, String>>,
    /// Fields of the pod.
    pub(crate) pod: BTreeMap<String, PodField>,
}
