//! Looks for dark places with clear skies, every six hours, and leaves what it finds in a shared claim.
//!
//! Hardened on its way here: it ran as root outside of the mesh and could reach the whole internet.

use casemate_dsl::prelude::*;

use crate::{images, namespaces};

identity!(pub Stargazer = "stargazer" in namespaces::STARGAZER);

/// Maps, forecasts and the best places; the API serves them.
pub const DATA: Claim = Claim::shared(namespaces::STARGAZER, name!("stargazer-data"), storage!("5Gi"));

/// Declares the search.
pub fn service() -> CronJob<Stargazer> {
    CronJob::new(
        cron!("0 */6 * * *"),
        Stargazer::container(images::STARGAZER)
            .resources(cpu!("100m"), memory!("2Gi"))
            .env(var!("HOME"), "/tmp")
            .env(var!("DATA_DIR"), "/data")
            .env(var!("BOUNDS_NORTH"), "60.9")
            .env(var!("BOUNDS_SOUTH"), "54.6")
            .env(var!("BOUNDS_WEST"), "-8.7")
            .env(var!("BOUNDS_EAST"), "-0.7")
            .env(var!("GRID_SPACING_M"), 5000)
            .env(var!("ROAD_BUFFER_M"), 1000)
            .env(var!("COLOR_TOLERANCE"), 15)
            .env(var!("MIN_ASTRONOMY_SCORE"), 60)
            .env(var!("FORECAST_HOURS"), 72)
            .env(var!("MET_NORWAY_USER_AGENT"), "stargazer/1.0 (ops@example.com)")
            .env(var!("MET_NORWAY_RATE_LIMIT"), 15)
            .env(var!("OTEL_ENABLED"), false)
            .env(var!("OTEL_SERVICE_NAME"), "stargazer")
            .mounts(DATA, path!("/data"))
            .scratch(path!("/tmp")),
    )
    .deadline(seconds!(3600))
    .retries(3)
    .reaches(External::https(host!("api.met.no")))
    .reaches(External::https(host!("download.geofabrik.de")))
    .reaches(External::https(host!("djlorenz.github.io")))
}
