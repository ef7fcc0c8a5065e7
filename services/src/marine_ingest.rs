//! Listens to ships: takes their positions from a public feed and puts them into the stream.
//!
//! Hardened on its way here: it ran as root with a writable root file system. The Service that nobody called is not called by anybody
//! now either: no edge leads to it.

use casemate_dsl::prelude::*;

use crate::{images, namespaces, peers};

identity!(pub MarineIngest = "marine-ingest" in namespaces::MARINE);

/// Its health.
pub const API: Port<MarineIngest, Http> = port!(8000);

const FEED: Item = item!("feed", "marine");

/// Declares the listener.
pub fn service() -> Deployment<MarineIngest> {
    Deployment::new(
        MarineIngest::container(images::MARINE_INGEST)
            .resources(cpu!("20m"), memory!("100Mi"))
            .serves(API)
            .metrics(API, path!("/metrics"))
            .probes(
                Probes::ready(http(API, path!("/health")).after(seconds!(5)))
                    .alive(http(API, path!("/health")).after(seconds!(10)).every(seconds!(30))),
            )
            .env(var!("HOME"), "/tmp")
            .env(var!("UV_CACHE_DIR"), "/tmp/.uv-cache")
            .env(var!("SSL_CERT_FILE"), "/etc/ssl/certs/ca-certificates.crt")
            .env(var!("NATS_URL"), peers::nats::CLIENT.url_as(scheme!("nats")))
            .env(var!("AISSTREAM_URL"), url!("wss://stream.aisstream.io/v0/stream"))
            .env(var!("AISSTREAM_API_KEY"), FEED.field(field!("ais-stream-api-key")))
            .env(var!("BOUNDING_BOX"), "[[[49.0, -11.0], [61.0, 2.0]]]")
            .scratch(path!("/tmp")),
    )
    .reaches(External::https(host!("stream.aisstream.io")))
}
