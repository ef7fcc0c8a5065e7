//! Asks the other applications whether they work, and finds the routes of the platform by itself.
//!
//! Lost on its way here: port 80, and whatever is not named in its config: a call is declared, so what its sidecar finds is asked only
//! where it can be reached.

use casemate_dsl::prelude::*;

use crate::apps::{adguard, jellyfin, mealie, n8n, vaultwarden, wakapi};
use crate::{Site, images, namespaces};

identity!(pub Gatus = "gatus" in namespaces::GATUS);

/// What works, and since when.
pub const WEB: Port<Gatus, Http> = port!(8080);

const DATA: Claim = Claim::template(name!("data"), storage!("5Gi"));

/// Declares Gatus.
pub fn service(site: &Site) -> StatefulSet<Gatus> {
    let why = because!("it lists what is published, wherever that is");
    let finder = Gatus::container_named(name!("finder"), images::GATUS_SIDECAR)
        .resources(cpu!("10m"), memory!("32Mi"))
        .memory_limit(memory!("64Mi"))
        .user(uid!(1000))
        .probes(Probes::none(because!("it serves nothing, and its image brings no command")))
        .args(["--auto-httproute", "--enable-httproute", "--enable-service"])
        .may(api::SERVICES.read_everywhere(why))
        .may(api::custom!("gateway.networking.k8s.io", "gateways").read_everywhere(why))
        .may(api::custom!("gateway.networking.k8s.io", "httproutes").read_everywhere(why))
        .mounts(DATA, path!("/config"));
    StatefulSet::new(
        Gatus::container(images::GATUS)
            .resources(cpu!("100m"), memory!("128Mi"))
            .memory_limit(memory!("256Mi"))
            .user(uid!(1000))
            .serves(WEB)
            .metrics(WEB, path!("/metrics"))
            .probes(Probes::http(WEB, path!("/health")))
            .env(var!("GATUS_CONFIG_PATH"), "/config")
            .env(var!("GATUS_DELAY_START_SECONDS"), 5)
            .mounts(DATA, path!("/config"))
            .config(
                path!("/config/config.yaml"),
                template(include_str!("../../config/gatus.yaml"))
                    .with("adguard", adguard::WEB.url())
                    .with("jellyfin", jellyfin::WEB.url())
                    .with("mealie", mealie::WEB.url())
                    .with("n8n", n8n::WEB.url())
                    .with("vaultwarden", vaultwarden::WEB.url())
                    .with("wakapi", wakapi::WEB.url()),
            ),
    )
    .sidecar(finder)
    .exposed(WEB, site.zone.host(name!("status")).for_audience(site.operators))
}
