//! The committed tree before the oracle, which knows nothing of the code that rendered it.

#![expect(clippy::expect_used, reason = "a test that cannot read the tree stops")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use casemate_oracle::{Beyond, Peer, Peers, World, allowed_beyond, allowed_pairs, allowed_peers, judge};

fn world() -> World {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    World::read(&repository, "out").expect("the committed tree can be read")
}

fn peer(namespace: &str, labels: &[(&str, &str)], service: (&str, u16), pod_port: u16) -> Peer {
    Peer {
        namespace: namespace.to_owned(),
        labels: labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        port: pod_port,
        tcp: true,
        meshed: false,
        service: Some((service.0.to_owned(), service.1)),
    }
}

fn peers() -> Peers {
    const NAME: &str = "app.kubernetes.io/name";
    const COMPONENT: &str = "app.kubernetes.io/component";
    Peers {
        called: vec![
            peer("nats", &[(NAME, "nats")], ("nats", 4222), 4222),
            peer("seaweedfs", &[(NAME, "seaweedfs"), (COMPONENT, "s3")], ("seaweedfs-s3", 8333), 8333),
            peer("argocd", &[(NAME, "argocd-server")], ("argocd-server", 80), 8080),
            peer("longhorn-system", &[("app", "longhorn-ui")], ("longhorn-frontend", 80), 8000),
            peer("signoz", &[(COMPONENT, "signoz")], ("signoz", 8080), 8080),
        ],
        ..Peers::default()
    }
}

#[test]
fn the_oracle_foresaw_every_field() {
    let verdict = judge(&world(), &peers());
    assert!(verdict.is_clean(), "{verdict}");
    assert!(verdict.documents >= 100, "the tree of the homelab has about a hundred objects: {verdict}");
}

#[test]
fn the_policies_allow_the_declared_calls_and_no_other() {
    let call = |from: &str, to: &str, port| (from.to_owned(), to.to_owned(), port);
    let declared = BTreeSet::from([
        call("cloudflared/cloudflared", "trips/trips-nginx", 8080),
        call("trips/trips-nginx", "trips/trips-api", 8000),
        call("trips/trips-nginx", "trips/trips-imgproxy", 8080),
    ]);
    assert_eq!(allowed_pairs(&world()), declared);
}

#[test]
fn the_policies_open_the_declared_peers_and_no_other() {
    let mut opened: BTreeMap<String, BTreeSet<(String, u16)>> = BTreeMap::new();
    for peer in allowed_peers(&world()) {
        opened.entry(peer.caller).or_default().insert((peer.namespace, peer.port));
    }
    let peers =
        |peers: &[(&str, u16)]| peers.iter().map(|(peer, port)| ((*peer).to_owned(), *port)).collect::<BTreeSet<_>>();
    let declared = BTreeMap::from([
        ("cloudflared/cloudflared".to_owned(), peers(&[("argocd", 8080), ("longhorn-system", 8000), ("signoz", 8080)])),
        ("trips/trips-api".to_owned(), peers(&[("nats", 4222)])),
        ("trips/trips-imgproxy".to_owned(), peers(&[("seaweedfs", 8333)])),
        ("trips/trips-nginx".to_owned(), peers(&[("seaweedfs", 8333)])),
    ]);
    assert_eq!(opened, declared);
}

#[test]
fn only_the_declared_hosts_are_reached() {
    let hosts: BTreeSet<(String, String)> = allowed_beyond(&world())
        .into_iter()
        .map(|(caller, beyond, _, _)| {
            let beyond = match beyond {
                Beyond::Host(host) => host,
                Beyond::Block(block) => block,
                Beyond::Any => "any address".to_owned(),
            };
            (caller, beyond)
        })
        .collect();
    let reached = |caller: &str, host: &str| (caller.to_owned(), host.to_owned());
    let declared = BTreeSet::from([
        reached("cloudflared/cloudflared", "198.41.192.0/24"),
        reached("cloudflared/cloudflared", "198.41.200.0/24"),
        reached("cloudflared/cloudflared", "example.cloudflareaccess.com"),
        reached("stargazer/stargazer", "api.met.no"),
        reached("stargazer/stargazer", "djlorenz.github.io"),
        reached("stargazer/stargazer", "download.geofabrik.de"),
    ]);
    assert_eq!(hosts, declared);
}
