//! Scales photos: reads them from S3 and answers with the size that was asked for.
//!
//! Hardened on its way here: its S3 keys were literals, it ran under the default account, and any pod could call it.

use casemate_dsl::prelude::*;

use crate::{Site, images, namespaces, peers};

identity!(pub TripsImgproxy = "trips-imgproxy" in namespaces::TRIPS);

/// Photos in the size that the path says.
pub const IMAGES: Port<TripsImgproxy, Http> = port!(8080);

const S3: Item = item!("s3", "trips-imgproxy-s3");

/// Declares the proxy.
pub fn service(site: &Site) -> Deployment<TripsImgproxy> {
    let health = || http(IMAGES, path!("/health"));
    Deployment::new(
        TripsImgproxy::container(images::TRIPS_IMGPROXY)
            .resources(cpu!("10m"), memory!("75Mi"))
            .serves(IMAGES)
            .probes(Probes::ready(health().after(seconds!(5)).every(seconds!(5))).alive(health().after(seconds!(10))))
            .env(var!("IMGPROXY_USE_S3"), true)
            .env(var!("IMGPROXY_S3_ENDPOINT"), peers::seaweedfs::S3.url())
            .env(var!("IMGPROXY_S3_REGION"), "us-east-1")
            .env(var!("AWS_ACCESS_KEY_ID"), S3.field(field!("access-key-id")))
            .env(var!("AWS_SECRET_ACCESS_KEY"), S3.field(field!("secret-access-key")))
            .env(var!("IMGPROXY_QUALITY"), 90)
            .env(var!("IMGPROXY_ENABLE_WEBP_DETECTION"), true)
            .env(var!("IMGPROXY_ENFORCE_WEBP"), true)
            .env(var!("IMGPROXY_CONCURRENCY"), 4)
            .env(var!("IMGPROXY_MAX_SRC_RESOLUTION"), 50)
            .env(var!("IMGPROXY_STRIP_METADATA"), true)
            .env(var!("IMGPROXY_STRIP_COLOR_PROFILE"), true)
            .env(var!("IMGPROXY_ALLOW_INSECURE_URLS"), true)
            .scratch(path!("/tmp")),
    )
    .replicas(site.replicas)
}
