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
