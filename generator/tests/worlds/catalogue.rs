//! A plan, said in the language.

use casemate_dsl::prelude::*;

use super::plan::{Plan, ServicePlan};
use super::{kinds, volumes};

macro_rules! identities {
    ($($index:literal $type:ident $name:literal $namespace:literal),+ $(,)?) => {
        $(
            #[derive(Debug)]
            enum $type {}
            impl Workload for $type {
                const NAME: Name = name!($name);
                const NAMESPACE: Namespace = namespace!($namespace);
            }
        )+

        /// `namespace/name` of an identity.
        pub(crate) fn id(identity: usize) -> &'static str {
            match identity {
                $($index => concat!($namespace, "/", $name),)+
                _ => unreachable!("there are sixteen identities"),
            }
        }

        fn declare(cluster: Cluster, plan: &Plan, service: &ServicePlan) -> Cluster {
            match service.identity {
                $($index => kinds::run::<$type>(cluster, service, container::<$type>(plan, service)),)+
                _ => unreachable!("there are sixteen identities"),
            }
        }

        /// Where an identity takes datagrams.
        fn sent(identity: usize) -> Address {
            match identity {
                $($index => kinds::datagrams::<$type>().authority(),)+
                _ => unreachable!("there are sixteen identities"),
            }
        }

        fn called(identity: usize, port: usize) -> Call {
            match identity {
                $($index => call_of::<$type>(port),)+
                _ => unreachable!("there are sixteen identities"),
            }
        }
    };
}

identities! {
    0 A0 "alpha" "blue", 1 A1 "beta" "blue", 2 A2 "gamma" "blue", 3 A3 "delta" "blue",
    4 B0 "alpha" "red", 5 B1 "beta" "red", 6 B2 "epsilon" "red", 7 B3 "zeta" "red",
    8 C0 "alpha" "green", 9 C1 "gamma" "green", 10 C2 "eta" "green", 11 C3 "theta" "green",
    12 D0 "alpha" "grey", 13 D1 "iota" "grey", 14 D2 "kappa" "grey", 15 D3 "blue" "grey",
}

const NATS: Peer = Peer::unmeshed(name!("nats"), label!("app", "nats"), because!("the chart is not meshed"));
const S3: Peer = Peer::unmeshed(name!("storage"), label!("app", "s3"), because!("the chart is not meshed"))
    .also_labelled(label!("part", "gateway"));
const MAIL: Peer = Peer::meshed(name!("mail"), label!("app", "relay"), name!("relay"));

const NATS_CLIENT: PeerPort<Tcp> = NATS.port(name!("nats"), port_number!(4222));
const S3_API: PeerPort<Http> = S3.port(name!("s3"), port_number!(80)).at_pod_port(port_number!(8333));
const RELAY: PeerPort<Tcp> = MAIL.port(name!("relay"), port_number!(25));

pub(super) const IMAGE: Image =
    image!("ghcr.io/example/service:1.0.0@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");
const CLOUDFLARED: Image = image!(
    "docker.io/cloudflare/cloudflared:2026.6.1@sha256:6d91c121b803126f7a5344005d17a9324788fc09d305b6e2560ec6040a7ae283"
);
pub(super) const AUDIENCE: Audience = audience!("4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");
const ITEM: Item = item!("main");

/// A zone for each namespace: names repeat between namespaces, hostnames may not.
pub(super) fn zone(namespace: Namespace) -> Zone {
    match namespace.as_str() {
        "blue" => zone!("blue.example.com"),
        "red" => zone!("red.example.com"),
        "green" => zone!("green.example.com"),
        _ => zone!("grey.example.com"),
    }
}

/// How a service's port is called.
enum Call {
    Http(Address),
    Other(Address),
}

impl Call {
    fn address(self) -> Address {
        match self {
            Self::Http(address) | Self::Other(address) => address,
        }
    }
}

pub(super) fn web<W: Workload>() -> Port<W, Http> {
    port!(8080)
}

pub(super) fn api<W: Workload>() -> Port<W, Http> {
    port!(8000)
}

pub(super) fn rpc<W: Workload>() -> Port<W, Grpc> {
    port!(9090)
}

pub(super) fn raw<W: Workload>() -> Port<W, Tcp> {
    port!(7000)
}

fn call_of<W: Workload>(port: usize) -> Call {
    match port {
        0 => Call::Http(web::<W>().url()),
        1 => Call::Http(api::<W>().url()),
        2 => Call::Other(rpc::<W>().authority()),
        _ => Call::Other(raw::<W>().url_as(scheme!("raw"))),
    }
}

/// The cluster that a plan describes, its services in the order of the plan.
pub(crate) fn cluster(plan: &Plan, order: &[usize]) -> Cluster {
    let cluster = Cluster::new(
        name!("world"),
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
    )
    .default_storage(storage_class!("longhorn"))
    .pulls(host!("ghcr.io"), item!("ghcr"))
    .tunnel(Tunnel {
        id: tunnel_id!("11111111-2222-3333-4444-555555555555"),
        image: CLOUDFLARED,
        namespace: namespace!("cloudflared"),
        credentials: item!("tunnel").field(field!("credentials")),
        team: team!("example"),
    });
    order.iter().fold(cluster, |cluster, index| declare(cluster, plan, &plan.services[*index]))
}

pub(super) fn reaching<W: Workload, K>(
    mut workload: casemate_dsl::Service<W, K>,
    service: &ServicePlan,
) -> casemate_dsl::Service<W, K> {
    for external in &service.externals {
        workload = workload.reaches(match external {
            0 => External::https(host!("api.example.org")),
            1 => External::https(host!("files.example.org")),
            2 => External::tls(host!("queue.example.net"), port_number!(443)),
            3 => External::tcp(host!("odd.example.net"), port_number!(443)),
            4 => External::plain_http(host!("archive.example.org"), port_number!(80)),
            _ => External::tcp(host!("smtp.example.org"), port_number!(587)),
        });
    }
    if !service.by_variable {
        for peer in &service.peers {
            workload = match peer {
                0 => workload.calls(NATS_CLIENT),
                1 => workload.calls(S3_API),
                _ => workload.calls(RELAY),
            };
        }
    }
    workload
}

fn container<W: Workload>(plan: &Plan, service: &ServicePlan) -> EndingContainer<W> {
    let mut container = W::container(IMAGE).resources(cpu!("10m"), memory!("64Mi")).scratch(path!("/tmp"));
    let variables = [var!("CALLS_A"), var!("CALLS_B"), var!("CALLS_C"), var!("CALLS_D"), var!("CALLS_E")];
    for ((callee, port), variable) in service.calls.iter().zip(variables) {
        let identity = plan.services[*callee].identity;
        container = container.env(variable, called(identity, *port).address());
    }
    let variables = [var!("SENDS_A"), var!("SENDS_B"), var!("SENDS_C")];
    for (callee, variable) in service.sends.iter().zip(variables) {
        container = container.env(variable, sent(plan.services[*callee].identity));
    }
    if service.by_variable {
        for peer in &service.peers {
            container = match peer {
                0 => container.env(var!("NATS_URL"), NATS_CLIENT.url_as(scheme!("nats"))),
                1 => container.env(var!("S3_URL"), S3_API.url()),
                _ => container.env(var!("RELAY"), RELAY.authority()),
            };
        }
    }
    for (text, variable) in service.texts.iter().zip([var!("TEXT_A"), var!("TEXT_B"), var!("TEXT_C"), var!("TEXT_D")]) {
        container = container.env(variable, text.clone());
    }
    if let Some(text) = &service.config {
        let text: &'static str = String::leak(text.clone());
        container = container.config(path!("/etc/service/service.conf"), text);
    }
    if service.secret {
        container = container.env(var!("API_TOKEN"), ITEM.field(field!("token")));
    }
    if service.secret_file {
        container = container.secret_file(path!("/etc/credentials/key.pem"), ITEM.field(field!("key.pem")));
    }
    if service.shared_claim {
        container = container.reads(Claim::shared(W::NAMESPACE, name!("library"), storage!("5Gi")), path!("/library"));
    }
    if service.own_claim {
        let claim = Claim::own(name!("data"), storage!("1Gi"));
        container = container.mounts(if service.disposable { claim.disposable() } else { claim }, path!("/data"));
    }
    if service.template {
        container = container.mounts(Claim::template(name!("pod"), storage!("1Gi")), path!("/pod"));
    }
    if service.reads_nodes {
        container = container.may(api::NODES.read_everywhere(because!("it shows the nodes of the cluster")));
    }
    if service.reads_config_maps {
        container = container.may(api::CONFIG_MAPS.read()).may(api::LEASES.manage());
    }
    service.features.iter().fold(container, |container, feature| volumes::with(container, *feature))
}
