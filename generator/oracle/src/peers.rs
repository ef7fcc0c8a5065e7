//! What the oracle is told about the world outside of the tree.

use std::collections::{BTreeMap, BTreeSet};

/// Pods that others run and that a service of the tree may call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Their namespace.
    pub namespace: String,
    /// The labels that select them.
    pub labels: BTreeMap<String, String>,
    /// The port of the pod.
    pub port: u16,
    /// Whether it is TCP; UDP otherwise.
    pub tcp: bool,
    /// Whether they have Linkerd's proxy: then the edge is on the proxy's port.
    pub meshed: bool,
    /// The Service by which they are called, in their namespace, and its port; what a tunnel rule may name.
    pub service: Option<(String, u16)>,
}

/// Meshed pods that others run and that may call a service of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Their namespace.
    pub namespace: String,
    /// The labels that select them.
    pub labels: BTreeMap<String, String>,
    /// Their ServiceAccount.
    pub account: String,
}

/// Everything outside of the tree that the tree may name.
#[derive(Clone, Debug)]
pub struct Peers {
    /// Pods that may be called.
    pub called: Vec<Peer>,
    /// Pods that may call.
    pub callers: Vec<Caller>,
    /// Blocks and TCP ports of the API server's endpoints, such as `192.168.1.2/32` and 6443.
    pub api_servers: BTreeSet<(String, u16)>,
    /// Blocks and ports of devices in the local network that a service may call.
    pub devices: BTreeSet<(String, u16)>,
    /// The block of the node-local DNS cache, where there is one.
    pub node_local_dns: Option<String>,
    /// Hosts that are exposed to everybody on purpose.
    pub public_hosts: BTreeSet<String>,
    /// The domain of the cluster's Services.
    pub cluster_domain: String,
    /// Argo CD's namespace.
    pub argocd_namespace: String,
}

impl Default for Peers {
    fn default() -> Self {
        Self {
            called: Vec::new(),
            callers: Vec::new(),
            api_servers: BTreeSet::new(),
            devices: BTreeSet::new(),
            node_local_dns: None,
            public_hosts: BTreeSet::new(),
            cluster_domain: "cluster.local".to_owned(),
            argocd_namespace: "argocd".to_owned(),
        }
    }
}
