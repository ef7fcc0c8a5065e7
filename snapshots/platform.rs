//! Charts that a cluster installs, and what the mesh has its identity from.

use casemate_dsl::prelude::*;

use crate::example::{cluster, ledger};
use crate::means;

const VERSION: ChartVersion = chart_version!("1.2.3");

#[test]
fn a_chart_of_somebody_else() {
    let longhorn = Chart::new(
        name!("longhorn"),
        chart_repository!("https://charts.longhorn.io"),
        chart_version!("1.8.1"),
        name!("longhorn-system"),
    )
    .privileged(because!("it mounts disks of the nodes"))
    .values("defaultSettings:\n  defaultReplicaCount: 2\n")
    .creates_secrets(because!("it keeps the keys of encrypted volumes"))
    .creates(api_kind!("monitoring.coreos.com/ServiceMonitor"))
    .creates_in_no_namespace(api_kind!("scheduling.k8s.io/PriorityClass"), object_names!("longhorn-critical"))
    .reads(item!("longhorn-backup"));
    let cluster = cluster().runs(Deployment::new(ledger())).installs(longhorn);
    means!("a-chart-of-somebody-else", cluster, ["argocd/root", "argocd/platform", "platform"]);
}

#[test]
fn the_identity_of_the_mesh() {
    let cluster = cluster()
        .runs(Deployment::new(ledger()))
        .cert_manager(name!("cert-manager"))
        .installs(chart::cert_manager(VERSION))
        .installs(chart::trust_manager(VERSION))
        .installs(chart::linkerd());
    means!(
        "the-identity-of-the-mesh",
        cluster,
        [
            "argocd/platform/application-chart.linkerd-control-plane.yaml",
            "argocd/platform/application-chart.linkerd-crds.yaml",
            "argocd/platform/application-chart.linkerd2-cni.yaml",
            "argocd/platform/application-chart.trust-manager.yaml",
            "platform",
        ]
    );
}

#[test]
fn foundations() {
    const TOKEN: Item = item!("cloudflare-dns");
    let cluster = cluster()
        .runs(Deployment::new(ledger()))
        .cert_manager(name!("certificates"))
        .installs(chart::cert_manager(VERSION))
        .installs(chart::kyverno(VERSION))
        .installs(chart::external_dns(VERSION, zone!("example.com"), TOKEN.field(field!("token"))))
        .installs(chart::argo_cd(VERSION));
    means!("foundations", cluster, ["argocd/platform", "platform/external-dns", "platform/certificates"]);
}
