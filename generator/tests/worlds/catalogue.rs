//! A plan, said in the language.

use casemate_dsl::Service;
use casemate_dsl::prelude::*;

use crate::plan::{Plan, ServicePlan};
use crate::{addresses, bounds, databases, identities, outside, perimeter, rights, told, volumes, watched, webhooks};

pub(crate) const IMAGE: Image =
    image!("ghcr.io/example/service:1.0.0@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");
const CLOUDFLARED: Image = image!(
    "docker.io/cloudflare/cloudflared:2026.6.1@sha256:6d91c121b803126f7a5344005d17a9324788fc09d305b6e2560ec6040a7ae283"
);
const ITEM: Item = item!("main");

pub(crate) fn web<W: Workload>() -> Port<W, Http> {
    port!(8080)
}

pub(crate) fn api<W: Workload>() -> Port<W, Http> {
    port!(8000)
}

pub(crate) fn rpc<W: Workload>() -> Port<W, Grpc> {
    port!(9090)
}

pub(crate) fn raw<W: Workload>() -> Port<W, Tcp> {
    port!(7000)
}

/// The address of one of the ports that an identity can serve.
pub(crate) fn address<W: Workload>(port: usize) -> Address {
    match port {
        0 => web::<W>().url(),
        1 => api::<W>().url(),
        2 => rpc::<W>().authority(),
        _ => raw::<W>().url_as(scheme!("raw")),
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
    .cert_manager(name!("cert-manager"))
    .cloud_native_pg(name!("cnpg-system"))
    .pulls(host!("ghcr.io"), item!("ghcr"))
    .tunnel(Tunnel {
        id: tunnel_id!("11111111-2222-3333-4444-555555555555"),
        image: CLOUDFLARED,
        namespace: namespace!("cloudflared"),
        credentials: item!("tunnel").field(field!("credentials")),
        team: team!("example"),
    });
    let cluster = watched::with(bounds::with(perimeter::with(cluster, plan), plan), plan);
    order.iter().fold(cluster, |cluster, index| identities::declare(cluster, plan, &plan.services[*index]))
}

/// The service with what it reaches outside, and the calls that stand in no variable.
pub(crate) fn reaching<W: Workload, K>(
    mut workload: Service<W, K>,
    plan: &Plan,
    service: &ServicePlan,
) -> Service<W, K> {
    for external in &service.externals {
        workload = workload.reaches(outside::external(*external));
    }
    for namespace in service.databases.iter().filter(|namespace| **namespace != service.namespace()) {
        workload = workload.calls(databases::database(plan, *namespace));
    }
    if !service.by_variable {
        for peer in &service.peers {
            workload = match peer {
                0 => workload.calls(told::NATS_CLIENT),
                1 => workload.calls(told::S3_API),
                _ => workload.calls(told::RELAY),
            };
        }
    }
    workload
}

/// The first container of a service.
pub(crate) fn container<W: Workload>(plan: &Plan, service: &ServicePlan) -> EndingContainer<W> {
    let container = W::container(IMAGE).resources(cpu!("10m"), memory!("64Mi")).scratch(path!("/tmp"));
    let mut container = addresses::with(databases::with(container, plan, service), plan, service);
    if service.by_variable {
        for peer in &service.peers {
            container = match peer {
                0 => container.env(var!("NATS_URL"), told::NATS_CLIENT.url_as(scheme!("nats"))),
                1 => container.env(var!("S3_URL"), told::S3_API.url()),
                _ => container.env(var!("RELAY"), told::RELAY.authority()),
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
    if service.webhook.is_some() {
        container = container.serves(webhooks::hook::<W>()).webhook_certificate(path!("/certificates"));
    }
    if let Some(over_http) = service.telemetry {
        container = container.sends_telemetry(if over_http { Otlp::Http } else { Otlp::Grpc });
    }
    container = rights::with(container, service);
    service.features.iter().fold(container, |container, feature| volumes::with(container, *feature))
}
