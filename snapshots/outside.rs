//! Hosts outside of the cluster.

use casemate_dsl::prelude::*;

use crate::example::{cluster, ledger};
use crate::means;

#[test]
fn external_https() {
    let ledger = Deployment::new(ledger())
        .reaches(External::https(host!("api.example.org")))
        .reaches(External::tls(host!("ledger.example.net"), port_number!(8443)));
    means!("external-https", cluster().runs(ledger), ["services/payments/ledger", "services/payments/_namespace"]);
}

#[test]
fn external_plain_http() {
    let ledger =
        Deployment::new(ledger()).reaches(External::plain_http(host!("legacy.example.org"), port_number!(8000)));
    means!("external-plain-http", cluster().runs(ledger), ["services/payments/ledger", "services/payments/_namespace"]);
}

#[test]
fn external_tcp() {
    let ledger = Deployment::new(ledger()).reaches(External::tcp(host!("smtp.example.org"), port_number!(587)));
    means!("external-tcp", cluster().runs(ledger), ["services/payments/ledger", "services/payments/_namespace"]);
}

#[test]
fn external_udp() {
    let ledger = Deployment::new(ledger()).reaches(External::udp(host!("time.example.org"), port_number!(123)));
    means!("external-udp", cluster().runs(ledger), ["services/payments/ledger", "services/payments/_namespace"]);
}

#[test]
fn external_hosts_below_a_domain() {
    let hosts = External::https_below(hosts!("*.example.net"), because!("gateways are assigned at run time"));
    let ledger = Deployment::new(ledger()).reaches(hosts).reaches(External::https(host!("example.net")));
    means!("external-hosts-below-a-domain", cluster().runs(ledger), ["services/payments/_namespace"]);
}

#[test]
fn external_web_pages() {
    let ledger = Deployment::new(ledger())
        .reaches(External::any_web_page(because!("it reads the pages that people save")))
        .reaches(External::https(host!("api.example.org")));
    means!("external-web-pages", cluster().runs(ledger), ["services/payments/ledger", "services/payments/_namespace"]);
}

#[test]
fn devices_of_the_lan() {
    let (broker, why) = (ip!("192.168.1.5"), because!("the house's broker stands there"));
    let ledger = Deployment::new(ledger())
        .reaches(External::lan(broker, port_number!(1883), why))
        .reaches(External::lan_udp(broker, port_number!(5353), why));
    means!("devices-of-the-lan", cluster().runs(ledger), ["services/payments/ledger", "services/payments/_namespace"]);
}
