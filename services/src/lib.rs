//! The default homelab: its catalogue of services, and the clusters that run them.
//!
//! A service is one file. What it is called in the mesh, which ports others may name, which image it runs and how it is declared
//! stand there, in this order.

pub mod homelab;
pub mod namespaces;
pub mod peers;
pub mod site;

pub mod stargazer;
pub mod stargazer_api;
pub mod trips_api;
pub mod trips_imgproxy;
pub mod trips_nginx;

use casemate_dsl::prelude::*;
use site::Site;

/// The services that every cluster of this repository runs.
pub fn catalogue(cluster: Cluster, site: &Site) -> Cluster {
    cluster
        .runs(trips_nginx::service(site))
        .runs(trips_api::service(site))
        .runs(trips_imgproxy::service())
        .runs(stargazer::service())
        .runs(stargazer_api::service())
}
