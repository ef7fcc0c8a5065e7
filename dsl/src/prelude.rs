//! Everything that a declaration names: `use casemate_dsl::prelude::*;`.

pub use crate::word::{
    Audience, Cidr, Cpu, Cron, Field, FileName, Gid, Host, Hosts, Image, Ip, KubernetesVersion, Label, LinkerdImage,
    Memory, Name, Namespace, Path, PortNumber, Reason, Repository, Scheme, Seconds, Storage, StorageClass, SubPath,
    Team, TunnelId, Uid, Url, Var, Vault, Zone,
};
pub use crate::{
    Address, ApiServers, ArgoCd, Caller, Claim, Cluster, ClusterNetworks, Container, ContainerResource, CronJob,
    Deployment, Dns, EndingContainer, Exposure, External, Files, GatewayApi, Grpc, Http, Item, Kubernetes, Linkerd,
    Networks, Part, Peer, PeerPort, PodField, Port, Probe, Probes, ProxyResources, ReadyContainer, Scratch,
    SecretField, Tcp, Template, Tls, Tunnel, Udp, Workload, api, between, exec, executable, http, template,
};
pub use crate::{
    audience, because, cidr, cpu, cron, field, file_name, gid, host, hosts, image, image_awaiting_digest, ip, item,
    kubernetes_version, label, linkerd_awaiting_digest, linkerd_image, low_port, memory, name, namespace, path, port,
    port_number, repository, scheme, seconds, storage, storage_class, sub_path, team, tunnel_id, uid, url, var, vault,
    zone,
};
