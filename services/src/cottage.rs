//! The cottage's cluster: one small machine under a dark sky, with photos and stars and nothing else.
//!
//! It runs what the homelab runs, with its own zone, storage, vault and number of nodes. Charts that services call (NATS, S3) have the
//! same names here.

use casemate_dsl::prelude::*;

use crate::{
    Site, images, namespaces, peers, platform, stargazer, stargazer_api, trips_api, trips_imgproxy, trips_nginx,
};

const TUNNEL: Item = item!("tunnel", "cottage-cloudflare-tunnel");

const PULL: Item = item!("ghcr", "ghcr-read-permissions");

/// Whoever lives in the cottage sees all of it.
const FAMILY: Audience = audience!("b2d4f6a8c0e1b3d5f7a9c1e3b5d7f9a1c3e5b7d9f1a3c5e7b9d1f3a5c7e9b1d3");

const SITE: Site = Site {
    zone: zone!("cottage.example.net"),
    replicas: 1,
    agents: FAMILY,
    private: FAMILY,
    ships: FAMILY,
    photos: FAMILY,
    household: FAMILY,
    operators: FAMILY,
};

/// The cottage, with all that it runs.
pub fn cluster() -> Cluster {
    let stars = SITE.zone.host(name!("stars")).for_audience(FAMILY);
    let cluster = Cluster::new(name!("cottage"), kubernetes(), linkerd(), argocd(), vault!("k8s-cottage"))
        .default_storage(storage_class!("local-path"))
        .cert_manager(name!("cert-manager"))
        .pulls(host!("ghcr.io"), PULL)
        .tunnel(tunnel())
        .exposes(peers::argocd::SERVER, SITE.zone.host(name!("argocd")).for_audience(FAMILY));
    platform::foundations(cluster, SITE.zone)
        .runs(trips_nginx::service(&SITE))
        .runs(trips_api::service(&SITE))
        .runs(trips_imgproxy::service(&SITE))
        .runs(stargazer::service())
        // What is the same everywhere can be told more where it runs.
        .runs(stargazer_api::service().exposed(stargazer_api::API, stars))
}

fn kubernetes() -> Kubernetes {
    Kubernetes {
        version: kubernetes_version!("1.35"),
        domain: host!("cluster.local"),
        networks: Networks {
            pods: cidr!("10.52.0.0/16"),
            services: cidr!("10.53.0.0/16"),
            nodes: cidr!("192.168.7.0/24"),
        },
        api_servers: ApiServers::at(ip!("192.168.7.10"), port_number!(6443)),
        dns: Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns"), node_local: None },
        nodes: 1,
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
        id: tunnel_id!("66666666-7777-8888-9999-aaaaaaaaaaaa"),
        image: images::CLOUDFLARED,
        namespace: namespaces::CLOUDFLARED,
        credentials: TUNNEL.field(field!("credentials")),
        team: team!("example"),
    }
}
