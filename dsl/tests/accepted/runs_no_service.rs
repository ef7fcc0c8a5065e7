// A cluster runs services (design, section 3: three tiers).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const API: Port<Ledger, Http> = port!(8080);
const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn ledger() -> Deployment<Ledger> {
    Deployment::new(
        Ledger::container(IMAGE)
            .resources(cpu!("250m"), memory!("256Mi"))
            .serves(API)
            .probes(Probes::http(API, path!("/healthz"))),
    )
}

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
    let _ = cluster().runs(ledger());
}
