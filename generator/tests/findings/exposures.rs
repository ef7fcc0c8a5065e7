//! Hostnames of the tunnel.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{API, IMAGE, Ledger, STAFF, TUNNEL, cluster};
use crate::{accepted, deployed, refused};

const HOST: Host = host!("ledger.example.com");

fn exposed() -> Cluster {
    deployed(|ledger| ledger.exposed(API, HOST.for_audience(STAFF)))
}

#[test]
fn what_is_exposed_has_a_tunnel() {
    accepted(exposed().tunnel(TUNNEL));
    assert_snapshot!(refused(exposed()), @"
    payments/ledger: ledger.example.com is exposed, and cluster example has no tunnel
      --> exposures.rs `exposed(API, HOST.for_audience(STAFF))`
      instead: add `.tunnel(Tunnel { .. })` to the cluster
    ");
}

#[test]
fn an_exposed_port_is_served() {
    const ADMIN: Port<Ledger, Http> = port!(9090);
    accepted(exposed().tunnel(TUNNEL));
    assert_snapshot!(refused(deployed(|ledger| ledger.exposed(ADMIN, HOST.for_audience(STAFF))).tunnel(TUNNEL)), @"
    payments/ledger: exposes port 9090, which no container of it serves
      --> exposures.rs `exposed(ADMIN, HOST.for_audience(STAFF))`
      instead: add `.serves(..)` of that port to the container
    ");
}

#[test]
fn an_exposed_port_is_served_with_the_same_protocol() {
    const RAW: Port<Ledger, Tcp> = port!(8080);
    let container = Ledger::container(IMAGE)
        .resources(cpu!("10m"), memory!("16Mi"))
        .serves(RAW)
        .probes(Probes::ready(exec(["/check"])));
    let ledger = Deployment::new(container).exposed(API, HOST.for_audience(STAFF));
    accepted(exposed().tunnel(TUNNEL));
    assert_snapshot!(refused(cluster().tunnel(TUNNEL).runs(ledger)), @"
    payments/ledger: exposes port 8080 with another protocol than it is served with
      --> exposures.rs `exposed(API, HOST.for_audience(STAFF))`
      instead: expose the constant that the container serves
    ");
}

#[test]
fn a_hostname_is_exposed_once_by_a_service() {
    let other = host!("books.example.com").public(because!("the books are open"));
    accepted(deployed(|ledger| ledger.exposed(API, HOST.for_audience(STAFF)).exposed(API, other)).tunnel(TUNNEL));
    let twice = deployed(|ledger| {
        ledger.exposed(API, HOST.for_audience(STAFF)).exposed(API, HOST.public(because!("the books are open")))
    });
    assert_snapshot!(refused(twice.tunnel(TUNNEL)), @r#"
    payments/ledger: ledger.example.com is exposed twice: payments/ledger has it at exposures.rs on the same line
      --> exposures.rs `exposed(API, HOST.public(because!("the books are open")))`
      instead: it leads to one port: choose another hostname, or another path of it, `.under(path!("/api"))`
    "#);
}

const ARGOCD: Peer =
    Peer::unmeshed(name!("argocd"), label!("app", "argocd-server"), because!("Argo CD deploys the mesh"));
const SERVER: PeerPort<Http> = ARGOCD.port(name!("argocd-server"), port_number!(80));

#[test]
fn a_hostname_is_exposed_once_by_services_and_peers() {
    let cluster = || exposed().tunnel(TUNNEL);
    accepted(cluster().exposes(SERVER, host!("argocd.example.com").for_audience(STAFF)));
    assert_snapshot!(refused(cluster().exposes(SERVER, HOST.for_audience(STAFF))), @r#"
    cluster example: ledger.example.com is exposed twice: payments/ledger has it at exposures.rs above
      --> exposures.rs `exposes(SERVER, HOST.for_audience(STAFF))`
      instead: it leads to one port: choose another hostname, or another path of it, `.under(path!("/api"))`
    "#);
}

#[test]
fn an_exposed_peer_lives_in_no_namespace_of_services() {
    let exposing = |namespace| {
        let grafana =
            Peer::unmeshed(namespace, label!("app", "grafana"), because!("the chart runs outside of the mesh"))
                .port::<Http>(name!("grafana"), port_number!(3000));
        exposed().tunnel(TUNNEL).exposes(grafana, host!("grafana.example.com").for_audience(STAFF))
    };
    accepted(exposing(name!("monitoring")));
    // The ledger's own.
    assert_snapshot!(refused(exposing(name!("payments"))), @r#"
    cluster example: exposes a peer in namespace payments, which belongs to services
      --> exposures.rs `exposes(grafana, host!("grafana.example.com").for_audience(STAFF))`
      instead: name the service's own port, or run the peer in a namespace of its own
    "#);
}

#[test]
fn an_exposed_peer_is_the_one_that_is_called() {
    const SERVER_OF_OTHERS: PeerPort<Http> =
        Peer::unmeshed(name!("argocd"), label!("app", "argocd"), because!("Argo CD deploys the mesh"))
            .port(name!("argocd-server"), port_number!(80));
    let cluster = || deployed(|ledger| ledger.calls(SERVER)).tunnel(TUNNEL);
    let host = host!("argocd.example.com");
    accepted(cluster().exposes(SERVER, host.for_audience(STAFF)));
    assert_snapshot!(refused(cluster().exposes(SERVER_OF_OTHERS, host.for_audience(STAFF))), @"
    cluster example: the peer argocd/argocd-server has other labels, or another place in the mesh, than at exposures.rs above
      --> exposures.rs `exposes(SERVER_OF_OTHERS, host.for_audience(STAFF))`
      instead: a Service selects the same pods on all of its ports: declare the `Peer` once, as a constant, and all ports from it
    ");
}

#[test]
fn a_hostname_fits_the_name_of_its_record() {
    /// 219 characters, and one more.
    const LONG: Host = host!(
        "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee.abc.example.com"
    );
    const LONGER: Host = host!(
        "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee.abcd.example.com"
    );
    accepted(deployed(|it| it.exposed(API, LONG.for_audience(STAFF))).tunnel(TUNNEL));
    assert_snapshot!(refused(deployed(|it| it.exposed(API, LONGER.for_audience(STAFF))).tunnel(TUNNEL)), @"
    payments/ledger: the hostname aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee.abcd.example.com is longer than 219 characters
      --> exposures.rs `exposed(API, LONGER.for_audience(STAFF))`
      instead: choose a shorter one
    ");
}

#[test]
fn idle_connections_are_counted_from_1_to_10000() {
    let keeping = |connections| {
        deployed(|it| it.exposed(API, HOST.for_audience(STAFF).keep_alive_connections(connections))).tunnel(TUNNEL)
    };
    accepted(keeping(1));
    accepted(keeping(10_000));
    assert_snapshot!(refused(keeping(0)), @"
    payments/ledger: 0 idle connections cannot be kept for ledger.example.com
      --> exposures.rs `keep_alive_connections(connections)`
      instead: say 1 to 10000, or leave it out: cloudflared keeps 100
    ");
    assert_snapshot!(refused(keeping(10_001)), @"
    payments/ledger: 10001 idle connections cannot be kept for ledger.example.com
      --> exposures.rs `keep_alive_connections(connections)`
      instead: say 1 to 10000, or leave it out: cloudflared keeps 100
    ");
}

#[test]
fn settings_of_an_exposure_are_said_once() {
    let exposed = |said: fn(Exposure) -> Exposure| {
        deployed(|it| it.exposed(API, said(HOST.under(path!("/api")).for_audience(STAFF)))).tunnel(TUNNEL)
    };
    accepted(exposed(|it| {
        it.connect_timeout(seconds!(5))
            .keep_alive_connections(5)
            .keep_alive_timeout(seconds!(5))
            .tcp_keep_alive(seconds!(5))
            .without_chunked_encoding()
    }));
    assert_snapshot!(refused(exposed(|it| it.connect_timeout(seconds!(5)).connect_timeout(seconds!(6)))), @"
    payments/ledger: the time to connect of ledger.example.com/api is said twice, first at exposures.rs on the same line
      --> exposures.rs `connect_timeout(seconds!(6))`
      instead: say it once
    ");
    assert_snapshot!(refused(exposed(|it| it.keep_alive_connections(5).keep_alive_connections(6))), @"
    payments/ledger: the number of idle connections of ledger.example.com/api is said twice, first at exposures.rs on the same line
      --> exposures.rs `keep_alive_connections(6)`
      instead: say it once
    ");
    assert_snapshot!(refused(exposed(|it| it.keep_alive_timeout(seconds!(5)).keep_alive_timeout(seconds!(6)))), @"
    payments/ledger: the time for which idle connections are kept of ledger.example.com/api is said twice, first at exposures.rs on the same line
      --> exposures.rs `keep_alive_timeout(seconds!(6))`
      instead: say it once
    ");
    assert_snapshot!(refused(exposed(|it| it.tcp_keep_alive(seconds!(5)).tcp_keep_alive(seconds!(6)))), @"
    payments/ledger: the interval of TCP of ledger.example.com/api is said twice, first at exposures.rs on the same line
      --> exposures.rs `tcp_keep_alive(seconds!(6))`
      instead: say it once
    ");
    assert_snapshot!(refused(exposed(|it| it.without_chunked_encoding().without_chunked_encoding())), @"
    payments/ledger: the encoding of bodies of ledger.example.com/api is said twice, first at exposures.rs on the same line
      --> exposures.rs `without_chunked_encoding()`
      instead: say it once
    ");
}
