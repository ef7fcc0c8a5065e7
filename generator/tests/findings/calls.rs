//! Calls of services and peers.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{API, IMAGE, TUNNEL, cluster, ledger};
use crate::{accepted, deployed, refused};

#[derive(Debug)]
enum Mailer {}

impl Workload for Mailer {
    const NAME: Name = name!("mailer");
    const NAMESPACE: Namespace = namespace!("office");
}

const QUEUE: Port<Mailer, Http> = port!(8025);
const ADMIN: Port<Mailer, Http> = port!(8026);
const RAW_QUEUE: Port<Mailer, Tcp> = port!(8025);

fn mailer() -> Deployment<Mailer> {
    Deployment::new(
        Mailer::container(IMAGE)
            .resources(cpu!("10m"), memory!("16Mi"))
            .serves(QUEUE)
            .probes(Probes::http(QUEUE, path!("/healthz"))),
    )
}

#[test]
fn a_callee_is_listed() {
    accepted(deployed(|ledger| ledger.calls(QUEUE)).runs(mailer()));
    assert_snapshot!(refused(deployed(|ledger| ledger.calls(QUEUE))), @"
    payments/ledger: calls office/mailer, which this cluster does not run
      --> calls.rs `calls(QUEUE)`
      instead: add `.runs(..)` of that service to the cluster, or remove the call
    ");
}

#[test]
fn a_variable_that_names_an_endpoint_is_a_call() {
    let ledger = || Deployment::new(ledger().env(var!("MAIL_URL"), QUEUE.url()));
    accepted(cluster().runs(ledger()).runs(mailer()));
    assert_snapshot!(refused(cluster().runs(ledger())), @r#"
    payments/ledger: calls office/mailer, which this cluster does not run
      --> calls.rs `env(var!("MAIL_URL"), QUEUE.url())`
      instead: add `.runs(..)` of that service to the cluster, or remove the call
    "#);
}

#[test]
fn a_config_file_that_names_an_endpoint_is_a_call() {
    let mail = || template("mail = '{{ mail }}'").with("mail", QUEUE.url());
    let ledger = || Deployment::new(ledger().config(path!("/etc/ledger.toml"), mail()));
    accepted(cluster().runs(ledger()).runs(mailer()));
    assert_snapshot!(refused(cluster().runs(ledger())), @r#"
    payments/ledger: calls office/mailer, which this cluster does not run
      --> calls.rs `config(path!("/etc/ledger.toml"), mail())`
      instead: add `.runs(..)` of that service to the cluster, or remove the call
    "#);
}

#[test]
fn a_called_port_is_served() {
    accepted(deployed(|ledger| ledger.calls(QUEUE)).runs(mailer()));
    assert_snapshot!(refused(deployed(|ledger| ledger.calls(ADMIN)).runs(mailer())), @"
    payments/ledger: calls port 8026 of office/mailer, which no container of it serves
      --> calls.rs `calls(ADMIN)`
      instead: add `.serves(..)` of that port to a container of office/mailer, or call one that it serves
    ");
}

#[test]
fn a_called_port_is_served_with_the_same_protocol() {
    accepted(deployed(|ledger| ledger.calls(QUEUE)).runs(mailer()));
    assert_snapshot!(refused(deployed(|ledger| ledger.calls(RAW_QUEUE)).runs(mailer())), @"
    payments/ledger: calls port 8025 of office/mailer with another protocol than it is served with
      --> calls.rs `calls(RAW_QUEUE)`
      instead: call the constant that the service serves
    ");
}

#[test]
fn a_service_may_call_itself() {
    accepted(deployed(|ledger| ledger.calls(API)));
}

const fn peer(namespace: Name) -> Peer {
    Peer::unmeshed(namespace, label!("app", "nats"), because!("the chart runs outside of the mesh"))
}

const NATS: Peer = peer(name!("nats"));
const CLIENT: PeerPort<Tcp> = NATS.port(name!("nats"), port_number!(4222));
const MONITOR: PeerPort<Http> = NATS.port(name!("nats"), port_number!(8222));

#[test]
fn a_peer_lives_in_no_namespace_of_services() {
    // The ledger's own.
    const AMONG_US: PeerPort<Tcp> = peer(name!("payments")).port(name!("nats"), port_number!(4222));
    accepted(deployed(|ledger| ledger.calls(CLIENT)));
    assert_snapshot!(refused(deployed(|ledger| ledger.calls(AMONG_US))), @"
    payments/ledger: calls a peer in namespace payments, which belongs to services
      --> calls.rs `calls(AMONG_US)`
      instead: name the service's own port, or run the peer in a namespace of its own
    ");
}

#[test]
fn a_peer_lives_in_no_namespace_of_the_tunnel() {
    const BESIDE_IT: PeerPort<Tcp> = peer(name!("cloudflared")).port(name!("nats"), port_number!(4222));
    accepted(deployed(|ledger| ledger.calls(BESIDE_IT)));
    assert_snapshot!(refused(deployed(|ledger| ledger.calls(BESIDE_IT)).tunnel(TUNNEL)), @"
    payments/ledger: calls a peer in namespace cloudflared, which belongs to the tunnel
      --> calls.rs `calls(BESIDE_IT)`
      instead: name the service's own port, or run the peer in a namespace of its own
    ");
}

#[test]
fn a_peer_is_declared_in_one_way() {
    const MONITORED: PeerPort<Http> =
        NATS.also_labelled(label!("monitor", "yes")).port(name!("nats"), port_number!(8222));
    accepted(deployed(|ledger| ledger.calls(CLIENT).calls(MONITOR)));
    let two_ways = deployed(|ledger| ledger.calls(CLIENT).calls(MONITORED));
    assert_snapshot!(refused(two_ways), @"
    payments/ledger: the peer nats/nats has other labels, or another place in the mesh, than at calls.rs on the same line
      --> calls.rs `calls(MONITORED)`
      instead: a Service selects the same pods on all of its ports: declare the `Peer` once, as a constant, and all ports from it
    ");
}

#[test]
fn a_port_of_a_peer_leads_to_one_port_of_its_pods() {
    const ELSEWHERE: PeerPort<Tcp> = CLIENT.at_pod_port(port_number!(4333));
    let two_ports = deployed(|ledger| ledger.calls(CLIENT).calls(ELSEWHERE));
    accepted(deployed(|ledger| ledger.calls(CLIENT).calls(CLIENT)));
    assert_snapshot!(refused(two_ports), @"
    payments/ledger: port 4222 of the peer nats/nats leads to port 4333 of its pods, and at calls.rs on the same line to 4222
      --> calls.rs `calls(ELSEWHERE)`
      instead: declare the port once, as a constant, and name it
    ");
}
