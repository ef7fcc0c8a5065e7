//! What proxies and services tell those who watch the cluster.

use std::collections::BTreeSet;

use super::CrossRule;
use super::edges::is_at;
use crate::field::{at, list, number, pairs, text};
use crate::namespace_wide::is_for_proxies;
use crate::peers::{Caller, Watch};
use crate::scene::{Findings, Scene};
use crate::traffic::{Direction, PROXY_PORT, items, names, targets};
use crate::world::Document;

/// Where a proxy serves its metrics. *Linkerd, Proxy Configuration*.
const PROXY_METRICS: i64 = 4191;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "proxies-watched",
        sentence: "every namespace lets exactly those who watch read the metrics of its proxies, and take their traces",
        check: proxies_watched,
    },
    CrossRule {
        name: "proxies-authorized",
        sentence: "one Server and one authorization of exactly the scraper stand before the metrics of a namespace's proxies",
        check: proxies_authorized,
    },
    CrossRule {
        name: "scraped-port",
        sentence: "a pod says where its metrics are exactly when a watching scraper is let in to that port",
        check: scraped_port,
    },
];

/// Direction, protocol, port and whether it is whom the oracle was told of.
type Opened = BTreeSet<(&'static str, String, i64, bool)>;

fn proxies_watched(scene: &Scene<'_>, findings: &mut Findings) {
    let told = told(scene.peers.watch.as_ref());
    for namespace in scene.namespaces() {
        let policies = scene
            .of_kind("NetworkPolicy")
            .iter()
            .filter(|policy| policy.space() == namespace.name && is_for_proxies(policy));
        let mut opened = Opened::new();
        for policy in policies {
            if is_of_another_mesh(scene, policy) {
                findings.push(policy.finding("proxies-watched", "it selects the proxies of another control plane"));
            }
            for direction in [Direction::Ingress, Direction::Egress] {
                opened.extend(items(policy, direction).into_iter().map(|item| {
                    let known = match (&scene.peers.watch, direction) {
                        (Some(watch), Direction::Ingress) => {
                            is_at(&item, &watch.scraper.namespace, &watch.scraper.labels)
                        }
                        (Some(Watch { traces: Some(to), .. }), Direction::Egress) => {
                            is_at(&item, &to.namespace, &to.labels)
                        }
                        (_, _) => false,
                    };
                    (direction.word(), item.protocol.to_owned(), item.port, known)
                }));
            }
        }
        if opened != told {
            let sentence = format!("its proxies are open as {opened:?}, and are to be as {told:?}");
            findings.push(namespace.finding("proxies-watched", sentence));
        }
    }
}

fn told(watch: Option<&Watch>) -> Opened {
    let Some(Watch { scraper, traces }) = watch else { return Opened::new() };
    let tcp = |direction: Direction, port: i64| (direction.word(), "TCP".to_owned(), port, true);
    let mut told = Opened::from([tcp(Direction::Ingress, PROXY_METRICS)]);
    if scraper.account.is_some() {
        told.insert(tcp(Direction::Ingress, PROXY_PORT));
    }
    // A proxy does not proxy itself: it calls the port of the collector's pods.
    told.extend(traces.as_ref().map(|to| tcp(Direction::Egress, i64::from(to.port))));
    told
}

fn is_of_another_mesh(scene: &Scene<'_>, document: &Document) -> bool {
    let selected = pairs(&document.value, "spec.podSelector.matchLabels");
    selected != [("linkerd.io/control-plane-ns", scene.peers.linkerd_namespace.as_str())]
}

fn proxies_authorized(scene: &Scene<'_>, findings: &mut Findings) {
    for namespace in scene.namespaces() {
        let of_proxies = |server: &&&Document| server.space() == namespace.name && is_for_proxies(server);
        let servers: Vec<_> = scene.of_kind("Server").iter().filter(of_proxies).collect();
        let sentence = match (&scene.peers.watch, servers.as_slice()) {
            (None, []) => continue,
            (None, _) => "nobody watches, and there is a Server for proxies",
            (Some(watch), [server]) => match authorization(scene, server, &watch.scraper) {
                Ok(()) => continue,
                Err(sentence) => sentence,
            },
            (Some(_), _) => "there is not one Server for its proxies",
        };
        findings.push(namespace.finding("proxies-authorized", sentence));
    }
}

fn authorization(scene: &Scene<'_>, server: &Document, scraper: &Caller) -> Result<(), &'static str> {
    if number(&server.value, "spec.port") != Some(PROXY_METRICS) || is_of_another_mesh(scene, server) {
        return Err("the Server is not for the metrics of this mesh's proxies");
    }
    let own = scene.of_kind("AuthorizationPolicy").iter();
    let own: Vec<_> = own.filter(|policy| policy.space() == server.space() && targets(policy, server)).collect();
    let [policy] = own.as_slice() else { return Err("the Server has not one authorization") };
    let [required] = list(&policy.value, "spec.requiredAuthenticationRefs") else {
        return Err("the authorization does not require one authentication");
    };
    let Some(found) = scene.required(policy, required) else { return Err("the authentication does not exist") };
    let is_scraper = if let Some(account) = &scraper.account {
        names(found, &scraper.namespace, account) && list(&found.value, "spec.identityRefs").len() == 1
    } else {
        let networks = list(&found.value, "spec.networks").iter();
        let named: BTreeSet<_> = networks.map(|network| text(network, "cidr").to_owned()).collect();
        found.kind == "NetworkAuthentication" && named == scene.peers.pod_networks
    };
    if is_scraper { Ok(()) } else { Err("the authorization is not for exactly the scraper") }
}

fn scraped_port(scene: &Scene<'_>, findings: &mut Findings) {
    for own in scene.workloads.iter().filter(|own| own.has_template()) {
        let annotations = at(own.template, "metadata.annotations");
        let said = |key: &str| annotations.get(format!("prometheus.io/{key}")).and_then(|value| value.as_str());
        let sentence = match (said("scrape"), said("port"), said("path")) {
            (None, None, None) => continue,
            (Some(_), Some(port), Some(_)) => {
                let port: i64 = port.parse().unwrap_or_default();
                if !own.ports().contains(&port) {
                    "it says that its metrics are on a port that it does not serve"
                } else if !scene.peers.watch.as_ref().is_some_and(|watch| is_let_in(scene, own, port, &watch.scraper)) {
                    "it says where its metrics are, and no scraper is let in there"
                } else {
                    continue;
                }
            }
            (_, _, _) => "it does not say scrape, port and path together",
        };
        findings.push(own.document.finding("scraped-port", sentence));
    }
}

/// Whether the mesh authorizes the scraper for a port; that the network agrees, `caller-and-mesh` and `unmeshed-caller` hold.
fn is_let_in(scene: &Scene<'_>, own: &crate::workload::Workload<'_>, port: i64, scraper: &Caller) -> bool {
    scene.servers_on(own, port).into_iter().any(|server| match &scraper.account {
        None => scene.networks_of(server).next().is_some(),
        Some(account) => scene.of_kind("AuthorizationPolicy").iter().any(|policy| {
            policy.space() == server.space()
                && targets(policy, server)
                && list(&policy.value, "spec.requiredAuthenticationRefs").iter().any(|required| {
                    scene.required(policy, required).is_some_and(|found| names(found, &scraper.namespace, account))
                })
        }),
    })
}
