//! Containers: resources, probes and all that they are given.

use super::{ApiNeed, EnvVar, Mount, ServedPort};
use crate::cluster::Otlp;
use crate::said::{Place, Said, Setting};
use crate::seal::Seal;
use crate::word::{Cpu, DeviceName, Gid, Image, Memory, Name, Path, PortNumber, Reason, Seconds, Storage, Uid};

/// What a container requests of its node; the memory is also its limit.
#[derive(Debug)]
pub struct Resources {
    /// The cpu.
    pub cpu: Cpu,
    /// The memory.
    pub memory: Memory,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// A device of the node that a container has for itself.
#[derive(Debug)]
pub struct Device {
    /// Its resource name.
    pub name: DeviceName,
    /// How many.
    pub count: u16,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// Where a container serves metrics.
#[derive(Debug)]
pub struct Metrics {
    /// The port.
    pub port: ServedPort,
    /// The path.
    pub path: Path,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// What happens before a container is told to end.
#[derive(Debug)]
pub enum PreStop {
    /// Nothing, for this long: connections end meanwhile.
    Sleep(Seconds),
    /// A command in the container.
    Exec(Vec<String>),
}

/// The probes of a container.
#[derive(Debug)]
pub struct Probes {
    /// Why there are none.
    pub none: Option<Said<Reason>>,
    /// Whether it may get traffic.
    pub readiness: Option<Probe>,
    /// Whether it lives.
    pub liveness: Setting<Probe>,
    /// Whether it has started.
    pub startup: Setting<Probe>,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// One probe.
#[derive(Debug)]
pub struct Probe {
    /// What it does.
    pub action: ProbeAction,
    /// Where it was said.
    pub at: Place,
    /// The time before the first.
    pub initial_delay: Setting<Seconds>,
    /// The time between two.
    pub period: Setting<Seconds>,
    /// The time to answer.
    pub timeout: Setting<Seconds>,
    /// Failures in a row until it counts.
    pub failures: Setting<u16>,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// What a probe does.
#[derive(Debug)]
pub enum ProbeAction {
    /// An HTTP request.
    Http {
        /// The port.
        port: PortNumber,
        /// The path.
        path: Path,
    },
    /// A command in the container.
    Exec {
        /// The command.
        command: Vec<String>,
    },
}

/// A container.
#[derive(Debug)]
pub struct Container {
    /// Its name, unless it is the one that bears the service's.
    pub name: Option<Said<Name>>,
    /// What runs.
    pub image: Said<Image>,
    /// What it requests.
    pub resources: Resources,
    /// A limit of the cpu.
    pub cpu_limit: Setting<Cpu>,
    /// A limit of the memory above what it requests.
    pub memory_limit: Setting<Memory>,
    /// How it is probed, unless it runs to an end.
    pub probes: Option<Probes>,
    /// What it serves.
    pub ports: Vec<Said<ServedPort>>,
    /// Its environment.
    pub env: Vec<Said<EnvVar>>,
    /// Its entry point.
    pub command: Setting<Vec<String>>,
    /// Its arguments.
    pub args: Setting<Vec<String>>,
    /// The directory in which it starts.
    pub working_dir: Setting<Path>,
    /// What happens before it is told to end.
    pub pre_stop: Setting<PreStop>,
    /// The disk of its node that it may fill.
    pub ephemeral_storage: Setting<Storage>,
    /// Devices of its node.
    pub devices: Vec<Said<Device>>,
    /// Its user.
    pub user: Setting<Uid>,
    /// Its group.
    pub group: Setting<Gid>,
    /// What is mounted.
    pub mounts: Vec<Said<Mount>>,
    /// What it may do through the Kubernetes API.
    pub needs: Vec<Said<ApiNeed>>,
    /// Where it serves metrics.
    pub metrics: Vec<Said<Metrics>>,
    /// How it sends telemetry.
    pub telemetry: Setting<Otlp>,
    /// Keeps views from being forged.
    pub seal: Seal,
}
