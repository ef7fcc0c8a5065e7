//! Everything that a declaration names: `use casemate_dsl::prelude::*;`.

pub use crate::word::{
    ApiKind, Audience, ChartRepository, ChartVersion, Cidr, Cpu, Cron, DeviceName, Field, FileName, Gid, Host, Hosts,
    Image, Ip, KubernetesVersion, Label, LinkerdImage, Memory, Name, Namespace, NodeLabel, ObjectNames, Path,
    PortNumber, PriorityClass, Reason, Repository, RuntimeClass, Scheme, Seconds, Storage, StorageClass, SubPath, Team,
    TimeZone, TunnelId, Uid, Url, Var, Vault, Zone,
};
pub use crate::{
    Address, ApiServers, ArgoCd, Caller, Chart, Claim, CloudNativePg, Cluster, ClusterNetworks, Concurrency, Container,
    ContainerLimits, ContainerResource, CronJob, DaemonSet, Database, Deployment, Dns, EndingContainer, Exposure,
    External, Files, GatewayApi, Grpc, Http, ImageVolume, Item, Job, Kubernetes, Linkerd, Networks, Observability,
    OnePassword, Otlp, Part, Peer, PeerPort, Plugin, PodField, Port, Probe, Probes, ProxyResources, Quota,
    ReadyContainer, RuntimePods, Scratch, SecretField, Spread, StatefulSet, Taint, Tcp, Template, Tls, Tunnel, Udp,
    Webhook, Workload, api, between, chart, exec, executable, http, template,
};
pub use crate::{
    api_kind, audience, because, chart_repository, chart_version, cidr, cpu, cron, device, field, file_name, gid, host,
    hosts, identity, image, image_awaiting_digest, image_volume, ip, item, kubernetes_version, label,
    linkerd_awaiting_digest, linkerd_image, low_port, memory, name, namespace, node_label, object_names, path, port,
    port_number, priority_class, repository, runtime_class, scheme, seconds, storage, storage_class, sub_path, team,
    time_zone, tunnel_id, uid, url, var, vault, zone,
};
