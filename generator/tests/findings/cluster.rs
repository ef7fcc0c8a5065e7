//! The cluster, and what lives in which of its namespaces.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{PAYMENTS, TUNNEL, cluster, cluster_with, ledger, named};
use crate::{accepted, refused, with_source};

#[test]
fn the_tunnel_has_a_namespace_of_its_own() {
    let ledger = || Deployment::new(ledger());
    accepted(cluster().tunnel(TUNNEL).runs(ledger()));
    let among_services = Tunnel { namespace: PAYMENTS, ..TUNNEL };
    assert_snapshot!(refused(cluster().tunnel(among_services).runs(ledger())), @"
    cluster example: services run in namespace payments, which is the tunnel's
      --> cluster.rs `tunnel(among_services)`
      instead: give the tunnel a namespace of its own: whatever runs beside it could reach what it reaches
    ");
}

/// A cluster whose DNS runs in the namespace of this name.
fn resolving_in(namespace: Name) -> Cluster {
    let dns = Dns { namespace, label: label!("k8s-app", "kube-dns"), node_local: None };
    cluster_with(ApiServers::at(ip!("192.168.1.10"), port_number!(6443)), dns)
}

/// A plugin, whose image has a digest.
const PLUGIN: Plugin = Plugin {
    image: image!(
        "registry.example.com/casemate:0.1.0@sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    ),
};

#[test]
fn the_plugin_knows_the_cluster_from_its_services() {
    let dns = || Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns"), node_local: None };
    let servers = || ApiServers::at(ip!("192.168.1.10"), port_number!(6443));
    accepted(named(name!("lab"), servers(), dns()).plugin(PLUGIN));
    accepted(named(name!("services"), servers(), dns()));
    let called_platform = refused(named(name!("platform"), servers(), dns()).plugin(PLUGIN));
    assert!(
        called_platform.contains("give the cluster another name than `platform` and `services`"),
        "{called_platform}"
    );
    assert_snapshot!(refused(named(name!("services"), servers(), dns()).plugin(PLUGIN)), @"
    cluster services: the plugin cannot tell the directory of this cluster from that of its services or charts
      --> cluster.rs `plugin(PLUGIN)`
      instead: give the cluster another name than `platform` and `services`
    ");
}

#[test]
fn the_plugin_is_said_once() {
    accepted(cluster().plugin(PLUGIN));
    assert_snapshot!(refused(cluster().plugin(PLUGIN).plugin(PLUGIN)), @"
    cluster example: the plugin is said twice, first at cluster.rs on the same line
      --> cluster.rs `plugin(PLUGIN)`
      instead: say it once
    ");
}

#[test]
fn the_image_of_the_plugin_may_await_its_digest() {
    let awaiting = Plugin { image: image_awaiting_digest!("registry.example.com/casemate:0.1.0") };
    let rendered = casemate::render(cluster().plugin(awaiting)).expect("it is only a warning");
    let warnings: Vec<String> = rendered.warnings().map(with_source).collect();
    assert_snapshot!(warnings.join("\n"), @"cluster example: the plugin's image registry.example.com/casemate:0.1.0 awaits its digest, and cannot be pulled (cluster.rs elsewhere)");
}

#[test]
fn no_service_lives_in_a_namespace_of_the_platform() {
    accepted(resolving_in(name!("dns")).runs(Deployment::new(ledger())));
    assert_snapshot!(refused(resolving_in(name!("payments")).runs(Deployment::new(ledger()))), @"
    payments/ledger: namespace payments belongs to the cluster's DNS
      --> cluster.rs `Deployment::new(ledger())`
      instead: choose a namespace that holds services only
    ");
}

#[test]
fn the_tunnel_lives_in_no_namespace_of_the_platform() {
    accepted(resolving_in(name!("dns")).tunnel(TUNNEL));
    assert_snapshot!(refused(resolving_in(name!("cloudflared")).tunnel(TUNNEL)), @"
    cluster example: namespace cloudflared belongs to the cluster's DNS
      --> cluster.rs `tunnel(TUNNEL)`
      instead: choose a namespace that holds services only
    ");
}

/// A cluster whose mesh and whose Argo CD run in the namespaces of these names.
fn with_platform_in(linkerd: Name, argocd: Name) -> Cluster {
    let networks =
        Networks { pods: cidr!("10.42.0.0/16"), services: cidr!("10.43.0.0/16"), nodes: cidr!("192.168.1.0/24") };
    let kubernetes = Kubernetes {
        version: kubernetes_version!("1.35"),
        domain: host!("cluster.local"),
        networks,
        api_servers: ApiServers::at(ip!("192.168.1.10"), port_number!(6443)),
        dns: Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns"), node_local: None },
        nodes: 3,
    };
    let linkerd = Linkerd {
        namespace: linkerd,
        proxy: linkerd_awaiting_digest!("edge-26.8.3"),
        proxy_resources: ProxyResources { cpu: cpu!("10m"), memory: memory!("32Mi"), memory_limit: memory!("128Mi") },
        gateway_api: GatewayApi::LinkerdChart,
        cluster_networks: ClusterNetworks::PodsAndServices,
    };
    let argocd = ArgoCd {
        namespace: argocd,
        repository: repository!("https://git.example.com/platform/gitops.git"),
        branch: name!("main"),
        directory: path!("/out"),
    };
    Cluster::new(name!("example"), kubernetes, linkerd, argocd, vault!("k8s-example"))
}

#[test]
fn no_service_lives_beside_the_mesh_or_beside_argo_cd() {
    let ledger = || Deployment::new(ledger());
    accepted(with_platform_in(name!("mesh"), name!("gitops")).runs(ledger()));
    assert_snapshot!(refused(with_platform_in(name!("payments"), name!("gitops")).runs(ledger())), @"
    payments/ledger: namespace payments belongs to Linkerd's control plane
      --> cluster.rs `Deployment::new(ledger())`
      instead: choose a namespace that holds services only
    ");
    assert_snapshot!(refused(with_platform_in(name!("mesh"), name!("payments")).runs(ledger())), @"
    payments/ledger: namespace payments belongs to Argo CD
      --> cluster.rs `Deployment::new(ledger())`
      instead: choose a namespace that holds services only
    ");
}
