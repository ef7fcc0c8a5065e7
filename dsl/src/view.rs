//! Views: finished declarations, for the generator to read.
//!
//! Every field is public, so that a view is taken apart without `..` and a new field does not compile until somebody decided
//! what it means. Nobody outside of this crate can make one (they hold a seal), copy one, or hand one to a public function.

use crate::identity::Identity;
use crate::said::{Place, Said, Setting};
use crate::seal::Seal;
use crate::secret::SecretField;
use crate::word::{
    Audience, Cpu, Cron, Gid, Host, Image, Label, Memory, Name, Namespace, Path, PortNumber, Reason, Scheme, Seconds,
    Storage, StorageClass, Uid,
};

pub use crate::cluster::view::*;

/// What a port speaks.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Protocol {
    /// HTTP/1 and WebSocket.
    Http,
    /// gRPC.
    Grpc,
    /// Anything else over TCP.
    Tcp,
}

/// A port that a container serves.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ServedPort {
    /// Its number.
    pub number: PortNumber,
    /// What it speaks.
    pub protocol: Protocol,
}

/// What can be called.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Endpoint {
    /// A port of a service.
    Service {
        /// Whose.
        identity: Identity,
        /// Its number.
        port: PortNumber,
        /// What it speaks.
        protocol: Protocol,
    },
    /// A port of a peer.
    Peer(PeerEndpoint),
}

/// A port of a peer.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PeerEndpoint {
    /// The peer's namespace.
    pub namespace: Name,
    /// The labels that its pods bear; never empty.
    pub labels: Vec<Label>,
    /// Whether it is in the mesh.
    pub mesh: PeerMesh,
    /// Its Service.
    pub service: Name,
    /// The Service's port.
    pub port: PortNumber,
    /// The pods' port.
    pub pod_port: PortNumber,
    /// What it speaks.
    pub protocol: Protocol,
}

/// Whether a peer is in the mesh.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum PeerMesh {
    /// It is, and runs as this account.
    Meshed {
        /// Its ServiceAccount.
        account: Name,
    },
    /// It is not, and why.
    Unmeshed {
        /// Why.
        reason: Reason,
    },
}

/// The address of an endpoint in a text.
#[derive(Debug)]
pub struct Address {
    /// Whose address.
    pub endpoint: Endpoint,
    /// In which form.
    pub form: AddressForm,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// The form of an address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AddressForm {
    /// `scheme://host:port/path`.
    Url {
        /// The scheme.
        scheme: Scheme,
        /// The path, if any.
        path: Option<Path>,
    },
    /// `host:port`.
    Authority,
    /// `host`.
    Host,
}

/// A host outside of the cluster.
#[derive(Debug)]
pub struct External {
    /// The host.
    pub host: Host,
    /// Its port.
    pub port: PortNumber,
    /// How it is recognised.
    pub protocol: ExternalProtocol,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// How the mesh recognises an external host.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ExternalProtocol {
    /// By the server name in the TLS handshake.
    Tls,
    /// By the `Host` header.
    PlainHttp,
    /// Not at all: any host on the port.
    Tcp,
}

/// An environment variable.
#[derive(Debug)]
pub struct EnvVar {
    /// Its name.
    pub name: &'static str,
    /// Whether its name says that it holds a credential.
    pub credential: bool,
    /// Its value.
    pub value: EnvValue,
}

/// The value of an environment variable.
#[derive(Debug)]
pub enum EnvValue {
    /// A text that stands in Git.
    Literal(String),
    /// A field of a secret.
    Secret(SecretField),
    /// The address of what it calls.
    Address(Address),
}

/// The text of a config file.
#[derive(Debug)]
pub struct ConfigText {
    /// The text.
    pub text: &'static str,
    /// The values, where the text is a template.
    pub values: Option<Vec<(&'static str, TemplateValue)>>,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// A value in a template.
#[derive(Debug)]
pub enum TemplateValue {
    /// A text.
    Text(String),
    /// The address of what the application calls.
    Address(Address),
}

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

/// Something that a container may do through the Kubernetes API, in its own namespace.
#[derive(Debug)]
pub struct ApiNeed {
    /// The API group.
    pub group: &'static str,
    /// The resource, in the plural.
    pub resource: &'static str,
    /// What it may do.
    pub verbs: Verbs,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// What may be done with a resource.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Verbs {
    /// Get, list, watch.
    Read,
    /// The same, and create, update, patch, delete.
    Manage,
}

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

/// The probes of a container.
#[derive(Debug)]
pub struct Probes {
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
    /// Its user.
    pub user: Setting<Uid>,
    /// Its group.
    pub group: Setting<Gid>,
    /// What is mounted.
    pub mounts: Vec<Said<Mount>>,
    /// What it may do through the Kubernetes API.
    pub needs: Vec<Said<ApiNeed>>,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// How many pods.
#[derive(Debug)]
pub enum Replicas {
    /// This many.
    Fixed(u16),
    /// As many as are needed.
    Between {
        /// At least.
        least: u16,
        /// At most.
        most: u16,
        /// The cpu to hold, in percent of what is requested.
        cpu_percent: Setting<u16>,
        /// Keeps views from being forged.
        seal: Seal,
    },
}

/// A hostname and its decision.
#[derive(Debug)]
pub struct Exposure {
    /// The hostname.
    pub host: Host,
    /// Who may see it.
    pub decision: Decision,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// Who may see a hostname.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Decision {
    /// Who passed Access for this audience.
    Access(Audience),
    /// Everybody, and why.
    Public(Reason),
}

/// A port under a hostname.
#[derive(Debug)]
pub struct ExposedPort {
    /// The port.
    pub port: ServedPort,
    /// The hostname and its decision.
    pub exposure: Exposure,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// The kind of a workload, with what only that kind has.
#[derive(Debug)]
pub enum Kind {
    /// A Deployment.
    Deployment,
    /// A CronJob.
    CronJob {
        /// When it runs.
        schedule: Cron,
    },
}

/// A service.
#[derive(Debug)]
pub struct Service {
    /// Who it is, and where it was declared.
    pub identity: Said<Identity>,
    /// Its kind.
    pub kind: Kind,
    /// Its containers.
    pub containers: Vec<Container>,
    /// How many pods.
    pub replicas: Setting<Replicas>,
    /// How long a run may take.
    pub deadline: Setting<Seconds>,
    /// How often a failed run is tried again.
    pub retries: Setting<u16>,
    /// The group that owns its volumes.
    pub volume_group: Setting<Gid>,
    /// What it calls without naming it in a text.
    pub calls: Vec<Said<Endpoint>>,
    /// What it reaches outside.
    pub reaches: Vec<Said<External>>,
    /// Under which hostnames it is exposed.
    pub exposures: Vec<Said<ExposedPort>>,
    /// Keeps views from being forged.
    pub seal: Seal,
}
