//! The good tree, and what it may name outside of itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use casemate_oracle::{Caller, Database, Dns, Peer, Peers, Watch, World};
use serde_json::Value;

/// The surroundings of the good tree: a database and Argo CD's server without a mesh; of two that call, one is meshed.
pub(crate) fn peers() -> Peers {
    let labels = |key: &str, value: &str| BTreeMap::from([(key.to_owned(), value.to_owned())]);
    Peers {
        called: vec![
            Peer {
                namespace: "data".to_owned(),
                labels: labels("cnpg.io/cluster", "database"),
                port: 5432,
                tcp: true,
                meshed: false,
                service: None,
            },
            Peer {
                namespace: "argocd".to_owned(),
                labels: labels("app.kubernetes.io/name", "argocd-server"),
                port: 8080,
                tcp: true,
                meshed: false,
                service: Some(("argocd-server".to_owned(), 80)),
            },
        ],
        callers: vec![
            Caller {
                namespace: "monitoring".to_owned(),
                labels: labels("app.kubernetes.io/name", "prometheus"),
                account: Some("prometheus".to_owned()),
            },
            Caller { namespace: "signoz".to_owned(), labels: labels("app", "httpcheck"), account: None },
            Caller { namespace: "cnpg-system".to_owned(), labels: labels("app", "cnpg"), account: None },
        ],
        api_servers: BTreeSet::from([("192.168.1.2/32".to_owned(), 6443)]),
        devices: BTreeSet::from([("192.168.1.5/32".to_owned(), 1883)]),
        pod_networks: BTreeSet::from(["10.42.0.0/16".to_owned()]),
        dns: Dns { node_local: Some("169.254.20.10/32".to_owned()), ..Peers::default().dns },
        claims: BTreeSet::from([("operators".to_owned(), "films".to_owned())]),
        databases: vec![Database {
            namespace: "operators".to_owned(),
            name: "catalogue".to_owned(),
            labels: labels("cnpg.io/cluster", "catalogue"),
            ports: BTreeSet::from([5432, 8000]),
        }],
        watch: Some(Watch {
            scraper: Caller {
                namespace: "monitoring".to_owned(),
                labels: labels("app.kubernetes.io/name", "prometheus"),
                account: Some("prometheus".to_owned()),
            },
            traces: Some(Peer {
                namespace: "monitoring".to_owned(),
                labels: labels("app.kubernetes.io/name", "collector"),
                port: 4317,
                tcp: true,
                meshed: true,
                service: None,
            }),
        }),
        secrets: BTreeSet::from([("operators".to_owned(), "catalogue-app".to_owned())]),
        created_pods: BTreeSet::from([("operators".to_owned(), "syncer".to_owned())]),
        public_hosts: BTreeSet::from(["www.example.com".to_owned()]),
        ..Peers::default()
    }
}

/// The good tree as it stands in the files.
pub(crate) fn good() -> World {
    World::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/good"), "out").expect("the good tree can be read")
}

/// The good tree as values, to be broken.
pub(crate) fn values() -> Vec<(String, Value)> {
    let good = good();
    good.documents()
        .iter()
        .chain(good.platform())
        .map(|document| (document.path.clone(), document.value.clone()))
        .collect()
}

/// The good tree with these values for its files. JSON is YAML with every string quoted.
pub(crate) fn world(values: &[(String, Value)]) -> World {
    static GOOD: LazyLock<World> = LazyLock::new(good);
    let after: BTreeMap<_, _> = values.iter().map(|(path, value)| (path.as_str(), value)).collect();
    let before: BTreeMap<_, _> = GOOD
        .documents()
        .iter()
        .chain(GOOD.platform())
        .map(|document| (document.path.as_str(), &document.value))
        .collect();
    let paths: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
    let changed = paths.into_iter().filter(|path| before.get(path) != after.get(path));
    changed.fold(GOOD.clone(), |world, path| {
        let text = after.get(path).map(|value| format!("# broken\n{value}\n"));
        world.with_file(path, text.as_deref())
    })
}
