//! Facts about a cluster that reach its manifests.

use casemate_dsl::prelude::*;

use crate::example::{cluster, cluster_with, ledger};
use crate::means;

#[test]
fn node_local_dns() {
    let dns = Dns {
        namespace: name!("kube-system"),
        label: label!("k8s-app", "coredns"),
        node_local: Some(ip!("169.254.20.10")),
    };
    let cluster = cluster_with(ApiServers::at(ip!("192.168.1.10"), port_number!(6443)), dns);
    means!("node-local-dns", cluster.runs(Deployment::new(ledger())), ["services/payments/_namespace"]);
}

#[test]
fn several_api_servers() {
    let servers = ApiServers::at(ip!("192.168.1.10"), port_number!(6443))
        .and(ip!("192.168.1.11"), port_number!(6443))
        .and(ip!("192.168.1.12"), port_number!(443));
    let dns = Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns"), node_local: None };
    let ledger = Deployment::new(ledger().may(api::PODS.read()));
    means!("several-api-servers", cluster_with(servers, dns).runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn argo_cd_reads_the_tree_through_the_plugin() {
    const PLUGIN: Plugin = Plugin {
        image: image!(
            "registry.example.com/casemate:0.1.0@sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
        ),
    };
    let repository = chart_repository!("https://charts.example.com");
    let reading = Chart::new(name!("nats"), repository, chart_version!("1.2.3"), name!("nats")).reads(item!("nats"));
    means!(
        "plugin",
        cluster()
            .plugin(PLUGIN)
            .installs(chart::argo_cd(chart_version!("1.2.3")))
            .installs(reading)
            .runs(Deployment::new(ledger())),
        [
            "argocd/platform/application-chart.argocd.yaml",
            "argocd/platform/application-chart.nats.yaml",
            "argocd/platform/application-namespace.nats.yaml",
            "argocd/plugin",
            "argocd/root",
            "argocd/services/application-payments.ledger.yaml",
            "bootstrap/application-root.yaml",
        ]
    );
}
