//! A synthetic catalogue: a thousand services a cluster, each of about ten objects, each calling its neighbour.

use casemate_dsl::prelude::*;

/// The identity of a service with a number for a name.
enum Numbered<const N: usize> {}

#[expect(clippy::cast_possible_truncation, reason = "a digit fits in a byte")]
impl<const N: usize> Numbered<N> {
    const BYTES: [u8; 12] = {
        let mut bytes = *b"service-0000";
        bytes[8] += (N / 1000 % 10) as u8;
        bytes[9] += (N / 100 % 10) as u8;
        bytes[10] += (N / 10 % 10) as u8;
        bytes[11] += (N % 10) as u8;
        bytes
    };
    const TEXT: &'static str = match core::str::from_utf8(&Self::BYTES) {
        Ok(text) => text,
        Err(_) => panic!("digits are text"),
    };
}

impl<const N: usize> Workload for Numbered<N> {
    const NAME: Name = Name::checked(Self::TEXT);
    const NAMESPACE: Namespace = NAMESPACES[N % NAMESPACES.len()];
}

const NAMESPACES: [Namespace; 4] = [namespace!("north"), namespace!("east"), namespace!("south"), namespace!("west")];

const IMAGE: Image = image!(
    "registry.example.com/service:1.0.0@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2"
);
const ITEM: Item = item!("main");

fn port<W: Workload>() -> Port<W, Http> {
    port!(8080)
}

fn add<const N: usize, const NEXT: usize>(cluster: Cluster, services: usize) -> Cluster {
    // In a smaller catalogue the last service calls nobody.
    if N >= services {
        return cluster;
    }
    let mut container = Numbered::<N>::container(IMAGE)
        .resources(cpu!("100m"), memory!("128Mi"))
        .serves(port::<Numbered<N>>())
        .probes(Probes::http(port::<Numbered<N>>(), path!("/healthz")))
        .env(var!("LOG_LEVEL"), "info")
        .env(var!("REGION"), "eu-west-1")
        .env(var!("API_TOKEN"), ITEM.field(field!("token")))
        .scratch(path!("/tmp"));
    if NEXT < services {
        container = container.env(var!("NEXT_URL"), port::<Numbered<NEXT>>().url());
    }
    cluster.runs(Deployment::new(container).replicas(2))
}

macro_rules! ten {
    ($cluster:ident, $services:ident, $($tens:literal)+) => {
        $(ten!(@ $cluster, $services, $tens, 0 1 2 3 4 5 6 7 8 9);)+
    };
    (@ $cluster:ident, $services:ident, $tens:literal, $($ones:literal)+) => {
        $($cluster = add::<{ $tens * 10 + $ones }, { $tens * 10 + $ones + 1 }>($cluster, $services);)+
    };
}

/// A cluster that runs this many services, a thousand at most.
pub(crate) fn cluster(name: Name, services: usize) -> Cluster {
    let mut cluster = Cluster::new(
        name,
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
        vault!("homelab"),
    );
    ten!(cluster, services, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24);
    ten!(cluster, services, 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49);
    ten!(cluster, services, 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74);
    ten!(cluster, services, 75 76 77 78 79 80 81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99);
    cluster
}

/// Clusters that run this many services together, a thousand each.
pub(crate) fn clusters(services: usize) -> Vec<Cluster> {
    const NAMES: [Name; 10] = [
        name!("c0"),
        name!("c1"),
        name!("c2"),
        name!("c3"),
        name!("c4"),
        name!("c5"),
        name!("c6"),
        name!("c7"),
        name!("c8"),
        name!("c9"),
    ];
    NAMES.into_iter().take(services.div_ceil(1000)).map(|name| cluster(name, services.min(1000))).collect()
}
