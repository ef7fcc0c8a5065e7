//! The API of the photo application: replays its stream from NATS into memory, and serves it.
//!
//! Hardened on its way here: it ran as root with a writable root file system and the default account's token, and an API key that
//! was optional and defined nowhere switched its authentication off. `S3_*` was set and never read.

use casemate_dsl::prelude::*;

use crate::{Site, images, namespaces, peers};

identity!(pub TripsApi = "trips-api" in namespaces::TRIPS);

/// Trips and their places, and live updates over a WebSocket.
pub const API: Port<TripsApi, Http> = port!(8000);

const KEY: Item = item!("key", "trips-api-key");

/// Declares the API.
pub fn service(site: &Site) -> Deployment<TripsApi> {
    Deployment::new(
        TripsApi::container(images::TRIPS_API)
            .resources(cpu!("10m"), memory!("256Mi"))
            .serves(API)
            .probes(
                Probes::ready(http(API, path!("/health")).after(seconds!(5)).every(seconds!(5)))
                    .alive(http(API, path!("/health")).after(seconds!(10))),
            )
            .env(var!("HOME"), "/tmp")
            .env(var!("UV_CACHE_DIR"), "/tmp/.uv-cache")
            .env(var!("NATS_URL"), peers::nats::CLIENT.url_as(scheme!("nats")))
            .env(var!("CORS_ORIGINS"), format!("https://trips.{zone},https://{zone}", zone = site.zone))
            .env(var!("TRIP_API_KEY"), KEY.field(field!("credential")))
            .scratch(path!("/tmp")),
    )
    .replicas(site.replicas)
}
