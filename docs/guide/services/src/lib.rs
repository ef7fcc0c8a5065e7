//! What the clusters run: the catalogue of services, one file each, and the clusters.

pub mod cottage;
pub mod homelab;

pub mod namespaces;
pub mod peers;
pub mod site;

pub mod accounts;
pub mod archive;
pub mod invoices;
pub mod ledger;
pub mod rates;
pub mod tills;
pub mod web;

use casemate_dsl::prelude::*;
use site::Site;

/// All services.
pub fn catalogue(cluster: Cluster, site: &Site) -> Cluster {
    cluster
        .runs(ledger::service())
        .runs(accounts::service())
        .runs(web::service(site))
        .runs(archive::service())
        .runs(invoices::service())
        .runs(rates::service())
        .runs(tills::service())
}
