//! What the oracle is told of the examples' surroundings: everything that any of them names and none of them renders.

use std::collections::{BTreeMap, BTreeSet};

use casemate_oracle::{Caller, Database, Dns, Peer, Peers, Watch, World, judge};

fn labels(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn peer(namespace: &str, selected: &[(&str, &str)], port: u16, service: (&str, u16)) -> Peer {
    Peer {
        namespace: namespace.to_owned(),
        labels: labels(selected),
        port,
        tcp: true,
        meshed: false,
        service: Some((service.0.to_owned(), service.1)),
    }
}

fn caller(namespace: &str, selected: (&str, &str), account: Option<&str>) -> Caller {
    Caller { namespace: namespace.to_owned(), labels: labels(&[selected]), account: account.map(str::to_owned) }
}

fn addresses(addresses: &[(&str, u16)]) -> BTreeSet<(String, u16)> {
    addresses.iter().map(|(block, port)| ((*block).to_owned(), *port)).collect()
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn surroundings(api_servers: &[(&str, u16)], dns: Dns) -> Peers {
    const NAME: &str = "app.kubernetes.io/name";
    const COMPONENT: &str = "app.kubernetes.io/component";
    Peers {
        called: vec![
            peer("seaweedfs", &[(NAME, "seaweedfs"), (COMPONENT, "s3")], 8333, ("seaweedfs-s3", 80)),
            peer("nats", &[("app", "nats")], 4222, ("nats", 4222)),
            peer("argocd", &[(NAME, "argocd-server")], 8080, ("argocd-server", 80)),
            Peer { meshed: true, ..peer("telemetry", &[("app", "collector")], 4317, ("collector", 4317)) },
            Peer { tcp: false, ..peer("telemetry", &[("app", "collector")], 514, ("collector", 514)) },
        ],
        callers: vec![
            caller("monitoring", ("app", "prometheus"), Some("prometheus-server")),
            caller("signoz", (COMPONENT, "otel-deployment"), None),
            caller("cnpg-system", (NAME, "cloudnative-pg"), None),
            caller("atlas-operator-system", (NAME, "atlas-operator"), None),
        ],
        api_servers: addresses(api_servers),
        devices: addresses(&[("192.168.1.5/32", 1883), ("192.168.1.5/32", 5353)]),
        node_networks: names(&["192.168.1.0/24"]),
        pod_networks: names(&["10.42.0.0/16"]),
        dns,
        public_hosts: names(&["rates.example.com"]),
        unasked: BTreeSet::from([("payments/ledger".to_owned(), "ledger".to_owned())]),
        databases: vec![Database {
            namespace: "payments".to_owned(),
            name: "ledger-pg".to_owned(),
            labels: labels(&[("cnpg.io/cluster", "ledger-pg")]),
            ports: BTreeSet::from([5432, 8000]),
        }],
        secrets: BTreeSet::from([("payments".to_owned(), "ledger-pg-app".to_owned())]),
        created_pods: BTreeSet::from([("payments".to_owned(), "closing".to_owned())]),
        claims: BTreeSet::from([("payments".to_owned(), "films".to_owned())]),
        ..Peers::default()
    }
}

/// Holds the whole tree of an example to the oracle, not only what its snapshot shows.
pub(crate) fn judged(files: &[(&str, &str)]) {
    // Examples differ in two things only: one has a cache of DNS on each node and other pods behind it, one has three API servers.
    const CACHE: &str = "169.254.20.10/32";
    const API_SERVERS: [(&str, u16); 3] =
        [("192.168.1.10/32", 6443), ("192.168.1.11/32", 6443), ("192.168.1.12/32", 443)];
    let names = |address: &str| files.iter().any(|(_, text)| text.contains(address));
    let dns = if names(CACHE) {
        let namespace = "kube-system".to_owned();
        Dns { namespace, labels: labels(&[("k8s-app", "coredns")]), node_local: Some(CACHE.to_owned()) }
    } else {
        Peers::default().dns
    };
    // One example is watched by a meshed scraper, one by another.
    let reads = |account: &str| {
        files.iter().any(|(path, text)| path.ends_with("-proxy-metrics.yaml") && text.contains(account))
    };
    let watch = if reads("prometheus-server") {
        let scraper = caller("monitoring", ("app", "prometheus"), Some("prometheus-server"));
        let collector = Peer { meshed: true, ..peer("telemetry", &[("app", "collector")], 4317, ("collector", 4317)) };
        Some(Watch { scraper, traces: Some(collector) })
    } else {
        let scraper = caller("signoz", ("app.kubernetes.io/component", "otel-deployment"), None);
        reads("NetworkAuthentication").then_some(Watch { scraper, traces: None })
    };
    let api_servers = if API_SERVERS[1..].iter().any(|(block, _)| names(block)) { 3 } else { 1 };
    let world = World::from_texts(files.iter().map(|(path, text)| (format!("out/{path}"), *text)));
    let peers = Peers { watch, ..surroundings(&API_SERVERS[..api_servers], dns) };
    let verdict = judge(&world, &peers);
    assert!(verdict.is_clean(), "{verdict}");
}
