//! What the examples have in common: a cluster with nothing unusual about it, and a service to say things about.

use casemate_dsl::prelude::*;

/// The ledger's identity in the mesh.
#[derive(Debug)]
pub(crate) enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = PAYMENTS;
}

/// The ledger's namespace.
pub(crate) const PAYMENTS: Namespace = namespace!("payments");

/// Takes bookings from other services.
pub(crate) const API: Port<Ledger, Http> = port!(8080);

/// The image that all examples run.
pub(crate) const IMAGE: Image =
    image!("registry.example.com/ledger:1.4.2@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");

/// A container of the ledger that says what every container says, and no more.
#[track_caller]
pub(crate) fn ledger() -> ReadyContainer<Ledger> {
    Ledger::container(IMAGE)
        .resources(cpu!("250m"), memory!("256Mi"))
        .serves(API)
        .probes(Probes::http(API, path!("/healthz")))
}

/// A cluster that runs nothing yet.
#[track_caller]
pub(crate) fn cluster() -> Cluster {
    cluster_with(
        ApiServers::at(ip!("192.168.1.10"), port_number!(6443)),
        Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns"), node_local: None },
    )
}

/// The same cluster with other API servers and another DNS.
#[track_caller]
pub(crate) fn cluster_with(api_servers: ApiServers, dns: Dns) -> Cluster {
    named(name!("example"), api_servers, dns)
}

/// A cluster of this name.
#[track_caller]
pub(crate) fn named(name: Name, api_servers: ApiServers, dns: Dns) -> Cluster {
    meshed(name, api_servers, dns, ClusterNetworks::PodsAndServices)
}

/// A cluster of this name whose Linkerd takes these networks for the cluster's own.
#[track_caller]
pub(crate) fn meshed(name: Name, api_servers: ApiServers, dns: Dns, cluster_networks: ClusterNetworks) -> Cluster {
    versioned(kubernetes_version!("1.35"), name, api_servers, dns, cluster_networks)
}

/// A cluster of this Kubernetes, this name, and so on.
#[track_caller]
pub(crate) fn versioned(
    version: KubernetesVersion,
    name: Name,
    api_servers: ApiServers,
    dns: Dns,
    cluster_networks: ClusterNetworks,
) -> Cluster {
    let kubernetes = Kubernetes {
        version,
        domain: host!("cluster.local"),
        networks: Networks {
            pods: cidr!("10.42.0.0/16"),
            services: cidr!("10.43.0.0/16"),
            nodes: cidr!("192.168.1.0/24"),
        },
        api_servers,
        dns,
        nodes: 3,
    };
    let linkerd = Linkerd {
        namespace: name!("linkerd"),
        proxy: linkerd_image!("edge-26.8.3@sha256:0700ad9da4e4c014e1b036107d1a674e5cfa497a9b7f151e054b64d198907497"),
        proxy_resources: ProxyResources { cpu: cpu!("10m"), memory: memory!("32Mi"), memory_limit: memory!("128Mi") },
        gateway_api: GatewayApi::LinkerdChart,
        cluster_networks,
    };
    let argocd = ArgoCd {
        namespace: name!("argocd"),
        repository: repository!("https://git.example.com/platform/gitops.git"),
        branch: name!("main"),
        directory: path!("/out"),
    };
    Cluster::new(name, kubernetes, linkerd, argocd, vault!("k8s-example"))
}

/// The tunnel of the examples that expose something.
pub(crate) const TUNNEL: Tunnel = Tunnel {
    id: tunnel_id!("11111111-2222-3333-4444-555555555555"),
    image: image!(
        "docker.io/cloudflare/cloudflared:2026.6.1@sha256:6d91c121b803126f7a5344005d17a9324788fc09d305b6e2560ec6040a7ae283"
    ),
    namespace: namespace!("cloudflared"),
    credentials: item!("tunnel", "example-cloudflare-tunnel").field(field!("credentials")),
    team: team!("example"),
};

/// Who may see what the examples expose.
pub(crate) const STAFF: Audience = audience!("1f6f2e6b7c0a4d7f9b3e5a8d2c4b6f0e1a3c5d7e9f0b2a4c6d8e0f1a3b5c7d9e");
