//! Hosts outside of the cluster.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{IMAGE, PAYMENTS, ledger, meshed};
use crate::{accepted, deployed, refused};

const HTTPS: External = External::https(host!("api.example.org"));

#[test]
fn a_port_of_a_namespace_has_one_protocol() {
    let plain = |port| External::plain_http(host!("legacy.example.org"), port);
    accepted(deployed(|ledger| ledger.reaches(HTTPS).reaches(plain(port_number!(80)))));
    let mixed = deployed(|ledger| ledger.reaches(HTTPS).reaches(plain(port_number!(443))));
    assert_snapshot!(refused(mixed), @"
    payments/ledger: reaches legacy.example.org on port 443 by plain HTTP, while payments/ledger uses the port by TLS (outside.rs on the same line); a namespace has one protocol on a port
      --> outside.rs `reaches(plain(port_number!(443)))`
      instead: say the same protocol, or give one of the services a namespace of its own
    ");
}

#[derive(Debug)]
enum Report {}

impl Workload for Report {
    const NAME: Name = name!("report");
    const NAMESPACE: Namespace = PAYMENTS;
}

#[test]
fn neighbours_agree_about_the_protocol_of_a_port() {
    let beside = |external| {
        let container = Report::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"));
        let report = CronJob::new(cron!("0 4 * * *"), container).reaches(external);
        deployed(|ledger| ledger.reaches(HTTPS)).runs(report)
    };
    accepted(beside(External::tls(host!("smtp.example.org"), port_number!(443))));
    assert_snapshot!(refused(beside(External::tcp(host!("smtp.example.org"), port_number!(443)))), @r#"
    payments/report: reaches smtp.example.org on port 443 by plain TCP, while payments/ledger uses the port by TLS (outside.rs below); a namespace has one protocol on a port
      --> outside.rs `reaches(external)`
      instead: say the same protocol, or give one of the services a namespace of its own
    "#);
}

#[test]
fn a_reader_of_web_pages_has_no_neighbour_that_names_hosts() {
    let beside = |port| {
        let reader = Report::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"));
        let reader = CronJob::new(cron!("0 4 * * *"), reader).reaches(External::any_web_page(PAGES));
        deployed(|ledger| ledger.reaches(External::tls(host!("api.example.org"), port))).runs(reader)
    };
    accepted(beside(port_number!(8443)));
    assert_snapshot!(refused(beside(port_number!(443))), @"
    payments/report: reaches any web page on port 443 by plain TCP, while payments/ledger uses the port by TLS (outside.rs below); a namespace has one protocol on a port
      --> outside.rs `reaches(External::any_web_page(PAGES))`
      instead: say the same protocol, or give one of the services a namespace of its own
    ");
}

#[test]
fn no_host_is_looked_for_on_an_opaque_port() {
    let mysql = host!("db.example.org");
    accepted(deployed(|ledger| ledger.reaches(External::tcp(mysql, port_number!(3306)))));
    assert_snapshot!(refused(deployed(|ledger| ledger.reaches(External::tls(mysql, port_number!(3306))))), @"
    payments/ledger: Linkerd takes port 3306 for opaque and would not find db.example.org on it
      --> outside.rs `reaches(External::tls(mysql, port_number!(3306)))`
      instead: say `External::tcp(..)`: then any host can be reached on this port
    ");
}

#[test]
fn a_host_is_outside_of_the_cluster() {
    accepted(deployed(|ledger| ledger.reaches(External::https(host!("mycluster.local")))));
    let within = host!("mailer.office.svc.cluster.local");
    assert_snapshot!(refused(deployed(|ledger| ledger.reaches(External::https(within)))), @"
    payments/ledger: reaches mailer.office.svc.cluster.local, which is within the cluster
      --> outside.rs `reaches(External::https(within))`
      instead: call the port that the service or the peer declares: `.calls(ledger::API)`
    ");
}

#[test]
fn a_domain_is_outside_of_the_cluster() {
    let why = || because!("shards are named at run time");
    accepted(deployed(|ledger| ledger.reaches(External::https_below(hosts!("*.example.org"), why()))));
    let within = deployed(|ledger| ledger.reaches(External::https_below(hosts!("*.svc.cluster.local"), why())));
    assert_snapshot!(refused(within), @r#"
    payments/ledger: reaches svc.cluster.local, which is within the cluster
      --> outside.rs `reaches(External::https_below(hosts!("*.svc.cluster.local"), why()))`
      instead: call the port that the service or the peer declares: `.calls(ledger::API)`
    "#);
}

const PAGES: Reason = because!("it reads the pages that people save");

#[test]
fn whoever_reaches_any_web_page_names_hosts_in_vain_but_not_wrongly() {
    accepted(deployed(|ledger| ledger.reaches(HTTPS).reaches(External::any_web_page(PAGES))));
}

#[test]
fn neighbours_of_a_reader_of_web_pages_name_no_hosts_on_its_ports() {
    let report = || {
        let container = Report::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"));
        CronJob::new(cron!("0 4 * * *"), container)
    };
    let reader = || deployed(|ledger| ledger.reaches(External::any_web_page(PAGES)));
    accepted(reader().runs(report().reaches(External::any_web_page(PAGES))));
    assert_snapshot!(refused(reader().runs(report().reaches(HTTPS))), @"
    payments/report: reaches api.example.org on port 443 by TLS, while payments/ledger uses the port by plain TCP (outside.rs above); a namespace has one protocol on a port
      --> outside.rs `reaches(HTTPS)`
      instead: say the same protocol, or give one of the services a namespace of its own
    ");
}

const STANDS_THERE: Reason = because!("the house's broker stands there");

fn device(address: Ip) -> Cluster {
    deployed(|ledger| ledger.reaches(External::lan(address, port_number!(1883), STANDS_THERE)))
}

#[test]
fn a_device_of_the_lan_has_an_address_there() {
    accepted(device(ip!("192.168.1.5")));
    assert_snapshot!(refused(device(ip!("9.9.9.9"))), @r#"
    payments/ledger: reaches 9.9.9.9, which is no private address
      --> outside.rs `reaches(External::lan(address, port_number!(1883), STANDS_THERE))`
      instead: name a public host: `External::https(host!("…"))`
    "#);
    assert_snapshot!(refused(device(ip!("169.254.169.254"))), @r#"
    payments/ledger: reaches 169.254.169.254, which is no private address
      --> outside.rs `reaches(External::lan(address, port_number!(1883), STANDS_THERE))`
      instead: name a public host: `External::https(host!("…"))`
    "#);
    assert_snapshot!(refused(device(ip!("10.43.0.1"))), @"
    payments/ledger: reaches 10.43.0.1, which is a pod's or a Service's
      --> outside.rs `reaches(External::lan(address, port_number!(1883), STANDS_THERE))`
      instead: call the port that the service or the peer declares: `.calls(ledger::API)`
    ");
    assert_snapshot!(refused(device(ip!("192.168.1.10"))), @"
    payments/ledger: reaches 192.168.1.10, which is the API server's
      --> outside.rs `reaches(External::lan(address, port_number!(1883), STANDS_THERE))`
      instead: say what the service needs of it: `.may(api::PODS.read())`
    ");
}

#[test]
fn a_device_is_reached_over_tcp_where_the_mesh_tells_it_from_pods() {
    let cluster = || {
        let api_servers = ApiServers::at(ip!("192.168.1.10"), port_number!(6443));
        let dns = Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns"), node_local: None };
        meshed(name!("example"), api_servers, dns, ClusterNetworks::AllPrivate)
    };
    let broker = ip!("192.168.1.5");
    let over_udp = External::lan_udp(broker, port_number!(5353), STANDS_THERE);
    accepted(cluster().runs(Deployment::new(ledger()).reaches(over_udp)));
    let over_tcp = External::lan(broker, port_number!(1883), STANDS_THERE);
    assert_snapshot!(refused(cluster().runs(Deployment::new(ledger()).reaches(over_tcp))), @"
    payments/ledger: reaches 192.168.1.5 over TCP, and this cluster's Linkerd holds nothing back among private addresses
      --> outside.rs `reaches(over_tcp)`
      instead: let its `clusterNetworks` be those of pods and Services, and say so in the cluster: `cluster_networks: ClusterNetworks::PodsAndServices`
    ");
}
