// A cluster exposes peers; services expose themselves (security model, layer 1: Zero Trust ingress).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const API: Port<Ledger, Http> = port!(8080);
const FINANCE: Audience = audience!("4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");
const ARGOCD: Peer = Peer::unmeshed(
    name!("argocd"),
    label!("app.kubernetes.io/name", "argocd-server"),
    because!("the chart runs outside of the mesh"),
);
const SERVER: PeerPort<Http> = ARGOCD.port(name!("argocd-server"), port_number!(80));

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
    let _ = API.url();
    let _ = cluster().exposes(SERVER, host!("argocd.example.com").for_audience(FINANCE));
}
