//! The cluster `cottage`: what rendering depends on. One node, and the shop's page.

use casemate_dsl::prelude::*;

use crate::site::Site;
use crate::{ledger, namespaces, web};

const CLOUDFLARED: Image = image!(
    "docker.io/cloudflare/cloudflared:2026.6.1@sha256:6d91c121b803126f7a5344005d17a9324788fc09d305b6e2560ec6040a7ae283"
);

/// The tunnel's credentials file: an item of 1Password.
const TUNNEL: Item = item!("tunnel", "cottage-cloudflare-tunnel");

const SITE: Site = Site {
    zone: zone!("example.net"),
    staff: audience!("1f6f2e6b7c0a4d7f9b3e5a8d2c4b6f0e1a3c5d7e9f0b2a4c6d8e0f1a3b5c7d9e"),
    pages: 1,
};

/// The cluster, with what it runs.
pub fn cluster() -> Cluster {
    let cluster = Cluster::new(name!("cottage"), kubernetes(), linkerd(), argocd(), vault!("k8s-cottage"))
        .default_storage(storage_class!("local-path"))
        .tunnel(tunnel());
    cluster.runs(ledger::service()).runs(web::service(&SITE))
}

fn kubernetes() -> Kubernetes {
    Kubernetes {
        version: kubernetes_version!("1.35"),
        domain: host!("cluster.local"),
        networks: Networks {
            pods: cidr!("10.42.0.0/16"),
            services: cidr!("10.43.0.0/16"),
            nodes: cidr!("192.168.9.0/24"),
        },
        // What `kubectl get endpointslices kubernetes` says.
        api_servers: ApiServers::at(ip!("192.168.9.10"), port_number!(6443)),
        dns: Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns"), node_local: None },
        nodes: 1,
    }
}

fn linkerd() -> Linkerd {
    Linkerd {
        namespace: name!("linkerd"),
        proxy: linkerd_image!("edge-26.8.3@sha256:0700ad9da4e4c014e1b036107d1a674e5cfa497a9b7f151e054b64d198907497"),
        proxy_resources: ProxyResources { cpu: cpu!("10m"), memory: memory!("32Mi"), memory_limit: memory!("128Mi") },
        gateway_api: GatewayApi::LinkerdChart,
        cluster_networks: ClusterNetworks::AllPrivate,
    }
}

fn argocd() -> ArgoCd {
    ArgoCd {
        namespace: name!("argocd"),
        repository: repository!("https://git.example.com/cottage/gitops.git"),
        branch: name!("main"),
        directory: path!("/out"),
    }
}

fn tunnel() -> Tunnel {
    Tunnel {
        // What `cloudflared tunnel list` says.
        id: tunnel_id!("11111111-2222-3333-4444-555555555555"),
        image: CLOUDFLARED,
        namespace: namespaces::CLOUDFLARED,
        credentials: TUNNEL.field(field!("credentials")),
        team: team!("example"),
    }
}
