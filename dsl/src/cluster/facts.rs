//! Facts about a cluster: plain structs of checked words, so that a missing fact is named by the compiler.

use crate::secret::SecretField;
use crate::word::{
    Cidr, Cpu, Host, Image, Ip, KubernetesVersion, Label, LinkerdImage, Memory, Name, Namespace, Path, PortNumber,
    Repository, Team, TunnelId,
};

/// Kubernetes, as this cluster runs it.
#[derive(Clone, Debug)]
pub struct Kubernetes {
    /// The version, which Pod Security's rules are pinned to.
    pub version: KubernetesVersion,
    /// The DNS domain of Services, `cluster.local` by default.
    pub domain: Host,
    /// The networks.
    pub networks: Networks,
    /// Where the API server listens, behind its Service: the mesh dials these.
    pub api_servers: ApiServers,
    /// The DNS service.
    pub dns: Dns,
    /// How many nodes run pods. The tunnel's replicas follow it.
    pub nodes: u16,
}

/// The networks of a cluster.
#[derive(Clone, Copy, Debug)]
pub struct Networks {
    /// Pods' addresses.
    pub pods: Cidr,
    /// Services' addresses.
    pub services: Cidr,
    /// Nodes' addresses.
    pub nodes: Cidr,
}

/// The addresses of the API server: at least one.
#[derive(Clone, Debug)]
pub struct ApiServers {
    first: (Ip, PortNumber),
    others: Vec<(Ip, PortNumber)>,
}

impl ApiServers {
    /// An API server at this address.
    #[must_use]
    pub const fn at(ip: Ip, port: PortNumber) -> Self {
        Self { first: (ip, port), others: Vec::new() }
    }

    /// And another one.
    #[must_use]
    pub fn and(mut self, ip: Ip, port: PortNumber) -> Self {
        self.others.push((ip, port));
        self
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (Ip, PortNumber)> {
        core::iter::once(self.first).chain(self.others.iter().copied())
    }
}

/// The DNS service of a cluster.
#[derive(Clone, Copy, Debug)]
pub struct Dns {
    /// Its namespace.
    pub namespace: Name,
    /// The label of its pods.
    pub label: Label,
    /// The address of the node-local cache, where there is one. No selector matches it.
    pub node_local: Option<Ip>,
}

/// Linkerd, in CNI mode: the only one in which its pods pass Pod Security's `restricted`.
#[derive(Clone, Copy, Debug)]
pub struct Linkerd {
    /// The namespace of the control plane.
    pub namespace: Name,
    /// The proxy's image.
    pub proxy: LinkerdImage,
    /// What each proxy gets, so that injected pods meet the rules too.
    pub proxy_resources: ProxyResources,
    /// Which Gateway API is installed.
    pub gateway_api: GatewayApi,
    /// Which addresses it takes for the cluster's own.
    pub cluster_networks: ClusterNetworks,
}

/// Which addresses Linkerd takes for the cluster's own, `clusterNetworks` of its chart: it holds no host back among them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ClusterNetworks {
    /// All private networks, as the chart has it. A device of the network around the cluster is then none of the mesh's business,
    /// and no service reaches one over TCP.
    AllPrivate,
    /// Those of pods and Services, as [`Networks`] names them.
    PodsAndServices,
}

/// What each proxy gets.
#[derive(Clone, Copy, Debug)]
pub struct ProxyResources {
    /// The cpu that it requests.
    pub cpu: Cpu,
    /// The memory that it requests.
    pub memory: Memory,
    /// The memory that it may use.
    pub memory_limit: Memory,
}

/// A set of Gateway API resources in which Linkerd reads the routes of external hosts.
///
/// Gateway API 1.5 and newer in the *standard* channel alone is no value: Linkerd reads no `TCPRoute` there, and hosts would stay shut.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum GatewayApi {
    /// The bundle of the `linkerd-crds` chart (`installGatewayAPI: true`).
    LinkerdChart,
    /// The experimental channel, 1.2.1 to 1.6.
    Experimental,
    /// The standard channel, 1.2.1 to 1.4, with the chart's `enableTlsRoutes` and `enableTcpRoutes`.
    StandardWithChartRoutes,
}

/// The 1Password operator, which writes the Secrets of all items: the one component outside of GitOps.
///
/// A cluster that does not name it has the chart `connect` in the namespace `onepassword`, as [`OnePassword::CHART`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct OnePassword {
    /// Its namespace.
    pub namespace: Name,
    /// The ServiceAccount under which it runs: Kyverno lets this one write Secrets among services.
    pub account: Name,
}

impl OnePassword {
    /// Where the chart `connect` puts it, installed into the namespace `onepassword`.
    pub const CHART: Self =
        Self { namespace: crate::name!("onepassword"), account: crate::name!("onepassword-connect-operator") };
}

/// Argo CD, and the repository that it reads.
#[derive(Clone, Copy, Debug)]
pub struct ArgoCd {
    /// Its namespace.
    pub namespace: Name,
    /// The repository that holds the tree.
    pub repository: Repository,
    /// The branch.
    pub branch: Name,
    /// Where the tree lies in the repository, `/out` for instance.
    pub directory: Path,
}

/// Casemate's plugin, in a sidecar of Argo CD's repo server (Argo CD, *Config Management Plugins*).
#[derive(Clone, Copy, Debug)]
pub struct Plugin {
    /// Its image, which holds the program and `plugin.yaml`: the tree has the Containerfile of it.
    pub image: Image,
}

/// A Cloudflare Tunnel.
#[derive(Clone, Copy, Debug)]
pub struct Tunnel {
    /// Which one.
    pub id: TunnelId,
    /// The image of cloudflared.
    pub image: Image,
    /// The namespace in which it runs.
    pub namespace: Namespace,
    /// The credentials file of the tunnel.
    pub credentials: SecretField,
    /// The team of the Access organisation.
    pub team: Team,
}
