//! The platform of the clusters: charts that others publish, at the versions that Renovate edits.

use casemate_dsl::chart::OurChart;
use casemate_dsl::prelude::*;

const DNS: Item = item!("cloudflare-dns");

/// What every cluster stands on: certificates, the mesh, policies, DNS records, and what deploys them.
pub fn foundations(cluster: Cluster, zone: Zone) -> Cluster {
    cluster
        .installs(chart::cert_manager(chart_version!("v1.21.1")))
        .installs(chart::trust_manager(chart_version!("v0.24.0")))
        .installs(chart::linkerd())
        .installs(chart::kyverno(chart_version!("3.9.1")))
        .installs(external_dns(zone))
        .installs(chart::argo_cd(chart_version!("10.4.0")))
}

const fn external_dns(zone: Zone) -> OurChart {
    chart::external_dns(chart_version!("1.21.1"), zone, DNS.field(field!("token")))
}

/// Databases among services.
pub fn cloud_native_pg() -> Chart {
    let groups = object_names!("*.postgresql.cnpg.io");
    Chart::new(
        name!("cloudnative-pg"),
        chart_repository!("https://cloudnative-pg.github.io/charts"),
        chart_version!("0.27.1"),
        name!("cnpg-system"),
    )
    .creates_in_no_namespace(api_kind!("apiextensions.k8s.io/CustomResourceDefinition"), groups)
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRole"), object_names!("cloudnative-pg"))
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRole"), object_names!("cloudnative-pg-*"))
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRoleBinding"), object_names!("cloudnative-pg"))
    .creates_in_no_namespace(
        api_kind!("admissionregistration.k8s.io/MutatingWebhookConfiguration"),
        object_names!("cnpg-*"),
    )
    .creates_in_no_namespace(
        api_kind!("admissionregistration.k8s.io/ValidatingWebhookConfiguration"),
        object_names!("cnpg-*"),
    )
}

/// Messages of services.
pub fn nats() -> Chart {
    Chart::new(
        name!("nats"),
        chart_repository!("https://nats-io.github.io/k8s/helm/charts"),
        chart_version!("2.12.3"),
        name!("nats"),
    )
    .baseline()
    .values(include_str!("platform/nats.yaml"))
}

/// Files over S3.
pub fn seaweedfs() -> Chart {
    Chart::new(
        name!("seaweedfs"),
        chart_repository!("https://seaweedfs.github.io/seaweedfs/helm"),
        chart_version!("4.0.0"),
        name!("seaweedfs"),
    )
    .privileged(because!("its logs lie in directories of the node"))
    .creates_secrets(because!("the chart writes the S3 gateway's keys itself"))
    .values(include_str!("platform/seaweedfs.yaml"))
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRole"), object_names!("seaweedfs-*"))
    .creates_in_no_namespace(
        api_kind!("rbac.authorization.k8s.io/ClusterRoleBinding"),
        object_names!("system:serviceaccount:*"),
    )
}

/// Volumes that outlive a node.
pub fn longhorn() -> Chart {
    let definitions = object_names!("*.longhorn.io");
    Chart::new(
        name!("longhorn"),
        chart_repository!("https://charts.longhorn.io"),
        chart_version!("1.8.1"),
        name!("longhorn-system"),
    )
    .privileged(because!("it mounts disks of the nodes and serves them as block devices"))
    .values(include_str!("platform/longhorn.yaml"))
    .creates_in_no_namespace(api_kind!("apiextensions.k8s.io/CustomResourceDefinition"), definitions)
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRole"), object_names!("longhorn-*"))
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRoleBinding"), object_names!("longhorn-*"))
    .creates_in_no_namespace(api_kind!("scheduling.k8s.io/PriorityClass"), object_names!("longhorn-critical"))
}

/// Drivers and plugins for GPUs.
pub fn gpu_operator() -> Chart {
    let release = object_names!("gpu-operator-*");
    let definition = api_kind!("apiextensions.k8s.io/CustomResourceDefinition");
    Chart::new(
        name!("gpu-operator"),
        chart_repository!("https://helm.ngc.nvidia.com/nvidia"),
        chart_version!("v26.3.1"),
        name!("gpu-operator"),
    )
    .privileged(because!("it loads drivers into the kernel of nodes"))
    .creates_in_no_namespace(definition, object_names!("*.nvidia.com"))
    .creates_in_no_namespace(definition, object_names!("*.nfd.k8s-sigs.io"))
    .creates_in_no_namespace(api_kind!("nvidia.com/ClusterPolicy"), object_names!("cluster-policy"))
    .creates_in_no_namespace(api_kind!("nfd.k8s-sigs.io/NodeFeatureRule"), object_names!("nvidia-nfd-*"))
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRole"), object_names!("gpu-operator"))
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRole"), release)
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRoleBinding"), object_names!("gpu-operator"))
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRoleBinding"), release)
}

const SHARED: Reason = because!("the collector beside it reads logs and ports of the nodes");

/// Traces, metrics and logs.
pub fn signoz() -> Chart {
    let release = object_names!("signoz-*");
    let definition = api_kind!("apiextensions.k8s.io/CustomResourceDefinition");
    Chart::new(
        name!("signoz"),
        chart_repository!("https://charts.signoz.io"),
        chart_version!("0.113.0"),
        name!("signoz"),
    )
    .privileged(SHARED)
    .creates_secrets(because!("its ClickHouse operator keeps its password in one"))
    .creates(api_kind!("clickhouse.altinity.com/ClickHouseInstallation"))
    .creates_in_no_namespace(definition, object_names!("*.clickhouse.altinity.com"))
    .creates_in_no_namespace(definition, object_names!("*.clickhouse-keeper.altinity.com"))
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRole"), release)
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRoleBinding"), release)
}

/// What collects them, on every node.
pub fn signoz_collector() -> Chart {
    let release = object_names!("signoz-k8s-infra-*");
    Chart::new(
        name!("k8s-infra"),
        chart_repository!("https://charts.signoz.io"),
        chart_version!("0.15.0"),
        name!("signoz"),
    )
    .release(name!("signoz-k8s-infra"))
    .privileged(SHARED)
    .values(include_str!("platform/k8s-infra.yaml"))
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRole"), release)
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRoleBinding"), release)
}

/// Takes what services and the mesh's proxies tell, in the mesh, and hands it on.
pub fn opentelemetry_collector() -> Chart {
    let collector = object_names!("opentelemetry-collector");
    Chart::new(
        name!("opentelemetry-collector"),
        chart_repository!("https://open-telemetry.github.io/opentelemetry-helm-charts"),
        chart_version!("0.158.3"),
        name!("telemetry"),
    )
    .values(include_str!("platform/opentelemetry-collector.yaml"))
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRole"), collector)
    .creates_in_no_namespace(api_kind!("rbac.authorization.k8s.io/ClusterRoleBinding"), collector)
}
