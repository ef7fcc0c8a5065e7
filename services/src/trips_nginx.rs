//! The door of the photo application: originals from S3, scaled photos, the API and its WebSocket under one hostname.
//!
//! Hardened on its way here: it ran under the default account, whoever knew the hostname saw the photos, and its neighbours in the
//! cluster could reach everything behind it directly.

use casemate_dsl::prelude::*;

use crate::{Site, images, namespaces, peers, trips_api, trips_imgproxy};

identity!(pub TripsNginx = "trips-nginx" in namespaces::TRIPS);

/// Photos and trips.
pub const WEB: Port<TripsNginx, Http> = port!(8080);

/// Declares the door.
pub fn service(site: &Site) -> Deployment<TripsNginx> {
    Deployment::new(
        TripsNginx::container(images::TRIPS_NGINX)
            .resources(cpu!("5m"), memory!("16Mi"))
            .serves(WEB)
            .probes(
                Probes::ready(http(WEB, path!("/health")).after(seconds!(2)).every(seconds!(5)))
                    .alive(http(WEB, path!("/health")).after(seconds!(5))),
            )
            .config(
                path!("/etc/nginx/nginx.conf"),
                template(include_str!("../config/trips-nginx.conf"))
                    .with("api", trips_api::API.authority())
                    .with("imgproxy", trips_imgproxy::IMAGES.authority())
                    .with("s3", peers::seaweedfs::S3.authority()),
            )
            .scratch(path!("/tmp"))
            .scratch(path!("/var/cache/nginx")),
    )
    .exposed(WEB, site.zone.host(name!("img")).for_audience(site.photos))
}
