//! Applications of a household, as many clusters run them.
//!
//! What an application does by default, its declaration does not repeat.

pub mod adguard;
pub mod decluttarr;
pub mod gatus;
pub mod imapsync;
pub mod jellyfin;
pub mod mealie;
pub mod mosquitto;
pub mod n8n;
pub mod vaultwarden;
pub mod wakapi;

use casemate_dsl::prelude::*;

use crate::Site;

/// All of them.
pub fn catalogue(cluster: Cluster, site: &Site) -> Cluster {
    cluster
        .runs(adguard::service(site))
        .runs(decluttarr::service())
        .runs(gatus::service(site))
        .runs(imapsync::service())
        .runs(jellyfin::service(site))
        .runs(mealie::service(site))
        .runs(mosquitto::service())
        .runs(n8n::service(site))
        .runs(vaultwarden::service(site))
        .runs(wakapi::service(site))
}
