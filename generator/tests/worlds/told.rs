//! Peers: what random catalogues call and expose, who calls them, and what the oracle is told of all this.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::prelude::*;

use crate::identities::created_id;
use crate::plan::{NAMESPACES, Plan, ServicePlan};
use crate::{databases, perimeter, volumes, watched};

/// How many peers there are to call.
pub(crate) const PEERS: usize = 3;

const NATS: Peer = Peer::unmeshed(name!("nats"), label!("app", "nats"), because!("the chart is not meshed"));
const S3: Peer = Peer::unmeshed(name!("storage"), label!("app", "s3"), because!("the chart is not meshed"))
    .also_labelled(label!("part", "gateway"));
const MAIL: Peer = Peer::meshed(name!("mail"), label!("app", "relay"), name!("relay"));

pub(crate) const NATS_CLIENT: PeerPort<Tcp> = NATS.port(name!("nats"), port_number!(4222));
pub(crate) const S3_API: PeerPort<Http> = S3.port(name!("s3"), port_number!(80)).at_pod_port(port_number!(8333));
pub(crate) const RELAY: PeerPort<Tcp> = MAIL.port(name!("relay"), port_number!(25));
/// The pages of the mail server.
pub(crate) const MAIL_PAGES: PeerPort<Http> = MAIL.port(name!("relay"), port_number!(8080));

const SCRAPER_PODS: Peer =
    Peer::unmeshed(name!("metrics"), label!("app", "scraper"), because!("the chart is not meshed"));
const WATCHER_PODS: Peer = Peer::meshed(name!("watch"), label!("app", "watcher"), name!("watcher"));
const MIGRATOR_PODS: Peer =
    Peer::unmeshed(name!("migrations"), label!("app", "migrator"), because!("PostgreSQL speaks TLS itself"));

pub(crate) const SCRAPER: Caller = SCRAPER_PODS.caller(name!("scraper"));
pub(crate) const WATCHER: Caller = WATCHER_PODS.caller(name!("watcher"));
pub(crate) const MIGRATOR: Caller = MIGRATOR_PODS.caller(name!("migrator"));

/// Where a peer is reached: its namespace, and the port on the wire, which is the proxy's for the one in the mesh.
pub(crate) const fn reached(peer: usize) -> (&'static str, u16) {
    match peer {
        0 => ("nats", 4222),
        1 => ("storage", 8333),
        _ => ("mail", 4143),
    }
}

fn labels(of: &[(&str, &str)]) -> BTreeMap<String, String> {
    of.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// What the oracle is told.
pub(crate) fn told(plan: &Plan) -> casemate_oracle::Peers {
    let peer = |namespace: &str, of: &[(&str, &str)], service: (&str, u16), port, meshed| casemate_oracle::Peer {
        namespace: namespace.to_owned(),
        labels: labels(of),
        port,
        tcp: true,
        meshed,
        service: Some((service.0.to_owned(), service.1)),
    };
    let caller = |namespace: &str, of: (&str, &str), account: Option<&str>| casemate_oracle::Caller {
        namespace: namespace.to_owned(),
        labels: labels(&[of]),
        account: account.map(str::to_owned),
    };
    let public = |service: &&ServicePlan| service.exposed.as_ref().is_some_and(|exposed| exposed.public);
    let own = |(namespace, name): (&str, &str)| (namespace.to_owned(), name.to_owned());
    let creating = plan.services.iter().filter(|service| service.creates.is_some());
    let (watch, collector) = watched::told(
        plan,
        |account| caller("monitoring", ("app", "prometheus"), account),
        |port| peer("telemetry", &[("app", "collector")], ("collector", port), port, true),
    )
    .unzip();
    let callers = [
        caller("metrics", ("app", "scraper"), None),
        caller("watch", ("app", "watcher"), Some("watcher")),
        caller("migrations", ("app", "migrator"), None),
        caller(databases::OPERATOR, ("app.kubernetes.io/name", "cloudnative-pg"), None),
    ];
    let peers = [
        peer("nats", &[("app", "nats")], ("nats", 4222), 4222, false),
        peer("storage", &[("app", "s3"), ("part", "gateway")], ("s3", 80), 8333, false),
        peer("mail", &[("app", "relay")], ("relay", 25), 25, true),
        peer("mail", &[("app", "relay")], ("relay", 8080), 8080, true),
    ];
    let watching = watch.iter().map(|watch: &casemate_oracle::Watch| watch.scraper.clone());
    casemate_oracle::Peers {
        callers: callers.into_iter().chain(watching).collect(),
        called: peers.into_iter().chain(collector.into_iter().flatten()).collect(),
        pod_networks: BTreeSet::from(["10.42.0.0/16".to_owned()]),
        api_servers: BTreeSet::from([("192.168.1.10/32".to_owned(), 6443)]),
        devices: [("192.168.1.7/32", 1883), ("192.168.1.9/32", 161)].map(|(it, port)| (it.to_owned(), port)).into(),
        public_hosts: plan.services.iter().filter(public).map(perimeter::host).collect(),
        claims: NAMESPACES.map(|namespace| (namespace.to_owned(), volumes::FILMS.to_string())).into(),
        databases: databases::called(plan).into_iter().map(databases::surroundings).collect(),
        secrets: NAMESPACES.map(|namespace| (namespace.to_owned(), databases::SECRET.to_owned())).into(),
        created_pods: creating.filter_map(|service| created_id(service.identity).split_once('/')).map(own).collect(),
        watch,
        ..casemate_oracle::Peers::default()
    }
}
