//! Ships and where they are: reads the stream of positions from NATS into a database file, and serves it.
//!
//! Hardened on its way here: it ran as root with a writable root file system and a token that it never used.

use casemate_dsl::prelude::*;

use crate::{Site, images, namespaces, peers};

identity!(pub MarineApi = "marine-api" in namespaces::MARINE);

/// Ships, and live positions over a WebSocket.
pub const API: Port<MarineApi, Http> = port!(8000);

/// The database file.
const DATA: Claim = Claim::template(name!("data"), storage!("20Gi"));

/// Declares the API. It is ready when it has caught up with the stream, which can take an hour.
pub fn service(site: &Site) -> StatefulSet<MarineApi> {
    StatefulSet::new(
        MarineApi::container(images::MARINE_API)
            .resources(cpu!("100m"), memory!("900Mi"))
            .serves(API)
            .probes(
                Probes::ready(http(API, path!("/ready")).after(seconds!(10)).within(seconds!(10)).failing_after(360))
                    .alive(
                        http(API, path!("/health"))
                            .after(seconds!(10))
                            .every(seconds!(15))
                            .within(seconds!(10))
                            .failing_after(6),
                    ),
            )
            .env(var!("HOME"), "/tmp")
            .env(var!("UV_CACHE_DIR"), "/tmp/.uv-cache")
            .env(var!("DB_PATH"), "/data/ships.db")
            .env(var!("NATS_URL"), peers::nats::CLIENT.url_as(scheme!("nats")))
            .env(var!("CORS_ORIGINS"), format!("https://ships.{}", site.zone))
            .mounts(DATA, path!("/data"))
            .scratch(path!("/tmp")),
    )
}
