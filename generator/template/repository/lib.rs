//! What the clusters run: the catalogue of services, one file each, and the clusters.

pub mod {{ module }};

pub mod namespaces;
pub mod site;

pub mod hello;

use casemate_dsl::prelude::*;
use site::Site;

/// The services that every cluster of this repository runs.
pub fn catalogue(cluster: Cluster, site: &Site) -> Cluster {
    cluster.runs(hello::service(site))
}
