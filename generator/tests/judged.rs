//! Needs that a repository's own services do not show, before the oracle, which knows nothing of the code that rendered them.

#[path = "../../snapshots/example.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod example;

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::prelude::*;
use casemate_oracle::{Caller as CallingPods, Peers, World, judge};

use example::{API, IMAGE, PAYMENTS, cluster, ledger};

fn labels(labels: &[(&str, &str)]) -> BTreeMap<String, String> {
    labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn peers() -> Peers {
    let caller = |namespace: &str, app: &str, account: Option<&str>| CallingPods {
        namespace: namespace.to_owned(),
        labels: labels(&[("app", app)]),
        account: account.map(str::to_owned),
    };
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<BTreeSet<String>>();
    Peers {
        callers: vec![caller("monitoring", "prometheus", Some("prometheus-server")), caller("signoz", "otel", None)],
        api_servers: BTreeSet::from([("192.168.1.10/32".to_owned(), 6443)]),
        devices: BTreeSet::from([("192.168.1.5/32".to_owned(), 1883), ("192.168.1.5/32".to_owned(), 5353)]),
        node_networks: texts(&["192.168.1.0/24"]),
        pod_networks: texts(&["10.42.0.0/16"]),
        ..Peers::default()
    }
}

#[track_caller]
fn is_clean(cluster: Cluster) {
    let rendered = casemate::render(cluster).unwrap_or_else(|findings| panic!("{findings}"));
    let files = rendered.files().map(|(path, text)| (format!("out/{path}"), text.to_owned()));
    let world = World::from_texts(files);
    let verdict = judge(&world, &peers());
    assert!(verdict.is_clean(), "{verdict}");
}

#[test]
fn rights_beyond_the_namespace() {
    const CACHES: api::Own = api::own!("caches.example.com", "modelcaches");
    let ledger = ledger()
        .may(api::CONFIG_MAPS.named(name!("state")).manage())
        .may(CACHES.manage())
        .may(api::custom!("agents.x-k8s.io", "sandboxes").manage(because!("each job runs in a sandbox")))
        .may(api::NODES.read_everywhere(because!("the page shows every node")))
        .may(api::NODE_METRICS.read_everywhere(because!("the page shows every node")));
    is_clean(cluster().runs(Deployment::new(ledger)));
    let everywhere = CACHES.manage_everywhere(because!("teams keep caches of their own"));
    is_clean(cluster().runs(Deployment::new(example::ledger().may(everywhere))));
}

const PROMETHEUS: Peer = Peer::meshed(name!("monitoring"), label!("app", "prometheus"), name!("prometheus-server"));
const OTEL: Peer =
    Peer::unmeshed(name!("signoz"), label!("app", "otel"), because!("the chart runs outside of the mesh"));

#[test]
fn peers_that_call() {
    let ledger = Deployment::new(ledger())
        .called_by(API, PROMETHEUS.caller(name!("prometheus")))
        .called_by(API, OTEL.caller(name!("otel")));
    is_clean(cluster().runs(ledger));
}

#[derive(Debug)]
enum Resolver {}

impl Workload for Resolver {
    const NAME: Name = name!("resolver");
    const NAMESPACE: Namespace = PAYMENTS;
}

const DNS: Port<Resolver, Udp> = low_port!(53);
const DNS_OVER_TCP: Port<Resolver, Tcp> = low_port!(53);
const DNS_OVER_TLS: Port<Resolver, Tls> = low_port!(853);

#[test]
fn ports_over_udp_and_tls() {
    let resolver = Deployment::new(
        Resolver::container(IMAGE)
            .resources(cpu!("50m"), memory!("64Mi"))
            .serves(DNS)
            .serves(DNS_OVER_TCP)
            .serves(DNS_OVER_TLS)
            .probes(Probes::ready(exec(["/resolver", "check"]))),
    );
    let ledger = Deployment::new(ledger()).calls(DNS).calls(DNS_OVER_TLS);
    is_clean(cluster().runs(ledger).runs(resolver));
}

#[test]
fn what_is_outside() {
    let (broker, why) = (ip!("192.168.1.5"), because!("the house's broker stands there"));
    let ledger = || Deployment::new(ledger());
    is_clean(
        cluster().runs(
            ledger()
                .reaches(External::https_below(hosts!("*.example.net"), because!("shards are named at run time")))
                .reaches(External::udp(host!("time.example.org"), port_number!(123)))
                .reaches(External::lan_udp(broker, port_number!(5353), why)),
        ),
    );
    is_clean(cluster().runs(ledger().reaches(External::any_web_page(because!("it reads the pages that people save")))));
}
