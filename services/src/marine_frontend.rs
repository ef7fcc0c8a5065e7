//! The map of ships: static files, and the way to the API behind them.
//!
//! Hardened on its way here: whoever knew the hostname saw it, and its root file system was writable without a reason. Both of its
//! probes asked the API through it; its liveness asks itself alone now, so that an outage of the API restarts nothing.

use casemate_dsl::prelude::*;

use crate::{Site, images, marine_api, namespaces};

identity!(pub MarineFrontend = "marine-frontend" in namespaces::MARINE);

/// The map.
pub const WEB: Port<MarineFrontend, Http> = port!(3000);

/// Declares the map.
pub fn service(site: &Site) -> Deployment<MarineFrontend> {
    Deployment::new(
        MarineFrontend::container(images::MARINE_FRONTEND)
            .resources(cpu!("10m"), memory!("100Mi"))
            .serves(WEB)
            .probes(
                Probes::ready(http(WEB, path!("/ready")).every(seconds!(5)).failing_after(60))
                    .alive(http(WEB, path!("/")).after(seconds!(30)).failing_after(6)),
            )
            .env(var!("PORT"), 3000)
            .env(var!("API_URL"), marine_api::API.url())
            .env(var!("PUBLIC_DIR"), "/app/public/dist")
            .scratch(path!("/tmp")),
    )
    .exposed(WEB, site.zone.host(name!("ships")).for_audience(site.ships))
}
