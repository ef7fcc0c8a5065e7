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

/// Pods that others run and that may call a service of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Their namespace.
    pub namespace: String,
    /// The labels that select them.
    pub labels: BTreeMap<String, String>,
    /// Their ServiceAccount, if they have Linkerd's proxy; without it they call the original port, and anybody could be them.
    pub account: Option<String>,
}

/// Pods that an operator runs in a namespace of the tree, without a proxy: a database's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    /// Their namespace, which is the tree's.
    pub namespace: String,
    /// The name of the policy that isolates them.
    pub name: String,
    /// The labels that select them.
    pub labels: BTreeMap<String, String>,
    /// The TCP ports on which they are called, by services, by one another and by their operator.
    pub ports: BTreeSet<u16>,
}

/// Who watches the proxies of every namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Who reads their metrics.
    pub scraper: Caller,
    /// To whom they send their traces, if they do.
    pub traces: Option<Peer>,
}

/// The pods that answer questions about names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dns {
    /// Their namespace.
    pub namespace: String,
    /// The labels that select them.
    pub labels: BTreeMap<String, String>,
    /// The block of the node-local cache, where there is one.
    pub node_local: Option<String>,
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
    /// Blocks of the nodes' own addresses, from which an API server may call a webhook, too.
    pub node_networks: BTreeSet<String>,
    /// Blocks of the pods' addresses.
    pub pod_networks: BTreeSet<String>,
    /// The pods of DNS.
    pub dns: Dns,
    /// The namespace of Linkerd's control plane.
    pub linkerd_namespace: String,
    /// Hosts that are exposed to everybody on purpose.
    pub public_hosts: BTreeSet<String>,
    /// Claims that others made, by namespace and name.
    pub claims: BTreeSet<(String, String)>,
    /// Secrets that operators make, by namespace and name.
    pub secrets: BTreeSet<(String, String)>,
    /// Containers that serve and that nobody can ask, by `namespace/workload` and container: none of their ports speaks HTTP.
    pub unasked: BTreeSet<(String, String)>,
    /// Who watches proxies, if anybody does.
    pub watch: Option<Watch>,
    /// Databases that operators run in namespaces of the tree.
    pub databases: Vec<Database>,
    /// Pods that services of the tree create while they run, by namespace and name: there is no workload of them in the tree.
    pub created_pods: BTreeSet<(String, String)>,
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
            node_networks: BTreeSet::new(),
            pod_networks: BTreeSet::new(),
            dns: Dns {
                namespace: "kube-system".to_owned(),
                labels: BTreeMap::from([("k8s-app".to_owned(), "kube-dns".to_owned())]),
                node_local: None,
            },
            linkerd_namespace: "linkerd".to_owned(),
            public_hosts: BTreeSet::new(),
            claims: BTreeSet::new(),
            secrets: BTreeSet::new(),
            unasked: BTreeSet::new(),
            watch: None,
            databases: Vec::new(),
            created_pods: BTreeSet::new(),
            cluster_domain: "cluster.local".to_owned(),
            argocd_namespace: "argocd".to_owned(),
        }
    }
}
