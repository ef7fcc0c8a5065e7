// What was read from a cluster makes no other (design, section 1: the border).

use casemate_dsl::prelude::*;

fn cluster() -> Cluster {
    Cluster::new(
        name!("homelab"),
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
        },
        Linkerd {
            namespace: name!("linkerd"),
            proxy: linkerd_awaiting_digest!("edge-26.8.3"),
            proxy_resources: ProxyResources {
                cpu: cpu!("10m"),
                memory: memory!("32Mi"),
                memory_limit: memory!("128Mi"),
            },
            gateway_api: GatewayApi::LinkerdChart,
            cluster_networks: ClusterNetworks::PodsAndServices,
        },
        ArgoCd {
            namespace: name!("argocd"),
            repository: repository!("https://git.example.com/homelab/gitops.git"),
            branch: name!("main"),
            directory: path!("/out"),
        },
        vault!("k8s-homelab"),
    )
}

fn main() {
    let view = cluster().into_view();
    let _ = view.name;
}
