//! The tree, read once, with what every rule across documents asks for.

use std::collections::BTreeMap;

use crate::field::pairs;
use crate::finding::Finding;
use crate::peers::Peers;
use crate::selector::Labels;
use crate::workload::Workload;
use crate::world::{Document, World};

/// The tree and its surroundings.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) documents: &'a [Document],
    /// The documents of the platform, which rules of its own judge.
    pub(crate) platform: &'a [Document],
    /// The files of the plugin's sidecar: paths and texts.
    pub(crate) sidecar: &'a [(String, String)],
    pub(crate) peers: &'a Peers,
    pub(crate) workloads: Vec<Workload<'a>>,
    by_kind: BTreeMap<&'a str, Vec<&'a Document>>,
}

/// Where rules put what they find.
pub(crate) type Findings = Vec<Finding>;

impl<'a> Scene<'a> {
    pub(crate) fn new(world: &'a World, peers: &'a Peers) -> Self {
        let documents = world.documents();
        let mut by_kind: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
        for document in documents {
            by_kind.entry(&document.kind).or_default().push(document);
        }
        let servers = by_kind.get("Server").map_or(&[][..], Vec::as_slice);
        let is_created = |account: &&Document| {
            account.kind == "ServiceAccount"
                && peers.created_pods.contains(&(account.space().to_owned(), account.name.clone()))
        };
        let created = documents.iter().filter(is_created).map(|account| Workload::created(account, servers));
        let policies = by_kind.get("NetworkPolicy").map_or(&[][..], Vec::as_slice);
        let operated = peers.databases.iter().filter_map(|database| {
            let is_own = |policy: &&&Document| policy.space() == database.namespace && policy.name == database.name;
            Some(Workload::operated(policies.iter().find(is_own)?, database))
        });
        let workloads = documents.iter().filter_map(Workload::of).chain(created).chain(operated).collect();
        Self { documents, platform: world.platform(), sidecar: world.sidecar(), peers, workloads, by_kind }
    }

    /// The tree without surroundings: pods of an account that no workload runs as are taken for those that an operator creates.
    pub(crate) fn alone(world: &'a World, peers: &'a Peers) -> Self {
        let mut scene = Self::new(world, peers);
        let accounts = scene.of_kind("ServiceAccount").iter().copied();
        let is_of = |account: &Document, own: &Workload<'_>| {
            (own.namespace(), own.account()) == (account.space(), account.name.as_str())
        };
        let created: Vec<_> =
            accounts.filter(|account| !scene.workloads.iter().any(|own| is_of(account, own))).collect();
        let servers = scene.of_kind("Server").to_vec();
        scene.workloads.extend(created.into_iter().map(|account| Workload::created(account, &servers)));
        scene
    }

    pub(crate) fn of_kind(&self, kind: &str) -> &[&'a Document] {
        self.by_kind.get(kind).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn find(&self, kind: &str, namespace: &str, name: &str) -> Option<&'a Document> {
        self.of_kind(kind).iter().copied().find(|document| document.space() == namespace && document.name == name)
    }

    /// The names of the tree's namespaces.
    pub(crate) fn namespaces(&self) -> impl Iterator<Item = &'a Document> {
        self.of_kind("Namespace").iter().copied()
    }

    /// The labels of a namespace, the one that Kubernetes itself sets included. Nothing else is known of foreign ones.
    pub(crate) fn namespace_labels(&self, name: &'a str) -> Labels<'a> {
        let document = self.namespaces().find(|namespace| namespace.name == name);
        let mut labels: Labels<'a> = document
            .map(|document| pairs(&document.value, "metadata.labels").into_iter().collect())
            .unwrap_or_default();
        labels.insert("kubernetes.io/metadata.name", name);
        labels
    }

    pub(crate) fn workloads_in(&self, namespace: &str) -> impl Iterator<Item = &Workload<'a>> {
        self.workloads.iter().filter(move |workload| workload.namespace() == namespace)
    }
}
