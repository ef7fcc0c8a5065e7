//! Passwords of the household, encrypted before they leave its devices.
//!
//! Lost on its way here: port 80, TCP probes, and clients that cannot pass Access, such as a phone's that is not enrolled in WARP.

use casemate_dsl::prelude::*;

use crate::{Site, images, namespaces, peers};

identity!(pub Vaultwarden = "vaultwarden" in namespaces::VAULTWARDEN);

/// The vault, for browsers and clients.
pub const WEB: Port<Vaultwarden, Http> = port!(8080);

const DATA: Claim = Claim::own(name!("config"), storage!("5Gi"));
const ADMIN: Item = item!("admin", "vaultwarden-admin");

/// Declares Vaultwarden.
pub fn service(site: &Site) -> Deployment<Vaultwarden> {
    let host = site.zone.host(name!("vault"));
    Deployment::new(
        Vaultwarden::container(images::VAULTWARDEN)
            .resources(cpu!("10m"), memory!("256Mi"))
            .memory_limit(memory!("2Gi"))
            .user(uid!(1000))
            .serves(WEB)
            .probes(
                Probes::ready(http(WEB, path!("/alive")).within(seconds!(5)).failing_after(5))
                    .alive(http(WEB, path!("/alive")).every(seconds!(30)).within(seconds!(5)).failing_after(5))
                    .started(http(WEB, path!("/alive")).failing_after(30)),
            )
            .env(var!("DOMAIN"), format!("https://{host}"))
            .env(var!("ROCKET_PORT"), 8080)
            .env(var!("ROCKET_LIMITS"), "{json=10485760}")
            .env(var!("DATA_FOLDER"), "/config")
            .env(var!("SIGNUPS_ALLOWED"), false)
            .env(var!("INVITATIONS_ALLOWED"), false)
            .env(var!("PASSWORD_HINTS_ALLOWED"), false)
            .env(var!("DISABLE_ICON_DOWNLOAD"), true)
            .env(var!("ADMIN_TOKEN"), ADMIN.field(field!("token")))
            .env(var!("SMTP_HOST"), peers::mail::RELAY.host())
            .env(var!("SMTP_PORT"), 25)
            .env(var!("SMTP_SECURITY"), "off")
            .env(var!("SMTP_FROM"), "vault@example.com")
            .env(var!("TZ"), "Europe/London")
            .mounts(DATA, path!("/config")),
    )
    .exposed(WEB, host.for_audience(site.household))
}
