//! The homelab's cluster: what rendering depends on.

use casemate_dsl::prelude::*;

use crate::{Site, images, namespaces, peers, platform};

const TUNNEL: Item = item!("tunnel", "cluster-cloudflare-tunnel");

const PULL: Item = item!("ghcr", "ghcr-read-permissions");

const ARGOCD: Audience = audience!("1f6f2e6b7c0a4d7f9b3e5a8d2c4b6f0e1a3c5d7e9f0b2a4c6d8e0f1a3b5c7d9e");
const LONGHORN: Audience = audience!("2a7b9c1d3e5f7a9b1c3d5e7f9a1b3c5d7e9f1a3b5c7d9e1f3a5b7c9d1e3f5a7b");
const SIGNOZ: Audience = audience!("3c8d0e2f4a6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8f0a2b4c6d8e0f2a4b6c8d");

const MCP: Audience = audience!("7a2b4c6d8e0f2a4b6c8d0e2f4a6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8f0a2b");

const SITE: Site = Site {
    zone: zone!("example.com"),
    replicas: 2,
    agents: audience!("4d9e1f3a5b7c9d1e3f5a7b9c1d3e5f7a9b1c3d5e7f9a1b3c5d7e9f1a3b5c7d9e"),
    private: audience!("5e0f2a4b6c8d0e2f4a6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8f0a2b4c6d8e0f"),
    ships: audience!("6f1a3b5c7d9e1f3a5b7c9d1e3f5a7b9c1d3e5f7a9b1c3d5e7f9a1b3c5d7e9f1a"),
    photos: audience!("4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2"),
    household: audience!("8b3c5d7e9f1a3b5c7d9e1f3a5b7c9d1e3f5a7b9c1d3e5f7a9b1c3d5e7f9a1b3c"),
    operators: audience!("9c4d6e8f0a2b4c6d8e0f2a4b6c8d0e2f4a6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d"),
};

/// The homelab, with all that it runs.
pub fn cluster() -> Cluster {
    let cluster = Cluster::new(name!("homelab"), kubernetes(), linkerd(), argocd(), vault!("k8s-homelab"))
        .default_storage(storage_class!("longhorn"))
        .storage(storage_class!("longhorn-gpu"))
        .priority_class(priority_class!("housekeeping"))
        .runtime_class(runtime_class!("nvidia"))
        .cert_manager(name!("cert-manager"))
        .cloud_native_pg(name!("cnpg-system"))
        .pulls(host!("ghcr.io"), PULL)
        .tunnel(tunnel())
        .exposes(peers::argocd::SERVER, SITE.zone.host(name!("argocd")).for_audience(ARGOCD))
        .observed(peers::telemetry::WATCH)
        .exposes(peers::longhorn::FRONTEND, SITE.zone.host(name!("longhorn")).for_audience(LONGHORN))
        .exposes(peers::context_forge::GATEWAY, SITE.zone.host(name!("mcp")).for_audience(MCP))
        .exposes(peers::signoz::UI, SITE.zone.host(name!("signoz")).for_audience(SIGNOZ));
    let cluster = platform::foundations(cluster, SITE.zone)
        .installs(platform::cloud_native_pg())
        .installs(platform::nats())
        .installs(platform::seaweedfs())
        .installs(platform::longhorn())
        .installs(platform::gpu_operator())
        .installs(platform::signoz())
        .installs(platform::signoz_collector())
        .installs(platform::opentelemetry_collector());
    crate::catalogue(cluster, &SITE)
}

fn kubernetes() -> Kubernetes {
    Kubernetes {
        version: kubernetes_version!("1.35"),
        domain: host!("cluster.local"),
        networks: Networks {
            pods: cidr!("10.42.0.0/16"),
            services: cidr!("10.43.0.0/16"),
            nodes: cidr!("192.168.1.0/24"),
        },
        api_servers: ApiServers::at(ip!("192.168.1.10"), port_number!(6443)),
        dns: Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns"), node_local: None },
        nodes: 3,
    }
}

fn linkerd() -> Linkerd {
    Linkerd {
        namespace: name!("linkerd"),
        proxy: linkerd_awaiting_digest!("edge-26.8.3"),
        proxy_resources: ProxyResources { cpu: cpu!("10m"), memory: memory!("32Mi"), memory_limit: memory!("128Mi") },
        gateway_api: GatewayApi::LinkerdChart,
        cluster_networks: ClusterNetworks::AllPrivate,
    }
}

fn argocd() -> ArgoCd {
    ArgoCd {
        namespace: name!("argocd"),
        repository: repository!("https://git.example.com/homelab/gitops.git"),
        branch: name!("main"),
        directory: path!("/out"),
    }
}

fn tunnel() -> Tunnel {
    Tunnel {
        id: tunnel_id!("11111111-2222-3333-4444-555555555555"),
        image: images::CLOUDFLARED,
        namespace: namespaces::CLOUDFLARED,
        credentials: TUNNEL.field(field!("credentials")),
        team: team!("example"),
    }
}
