//! Tells which code the household wrote, from what editors report.
//!
//! Lost on its way here: port 80, the bundle of private certificates, as its issuer has a public one, and editors that cannot pass
//! Access, which are those on devices that are not enrolled in WARP.

use casemate_dsl::prelude::*;

use crate::{Site, images, namespaces, peers};

identity!(pub Wakapi = "wakapi" in namespaces::WAKAPI);

/// Pages, and the API that editors report to.
pub const WEB: Port<Wakapi, Http> = port!(3000);

/// The same as metrics.
pub const METRICS: Port<Wakapi, Http> = port!(9212);

const DATA: Claim = Claim::own(name!("data"), storage!("5Gi"));
const KEYS: Item = item!("keys", "wakapi-keys");
const LOGIN: Item = item!("login", "wakapi-login");

/// Declares Wakapi.
pub fn service(site: &Site) -> Deployment<Wakapi> {
    let host = site.zone.host(name!("code"));
    let exporter = Wakapi::container_named(name!("exporter"), images::WAKATIME_EXPORTER)
        .resources(cpu!("5m"), memory!("32Mi"))
        .user(uid!(1000))
        .serves(METRICS)
        .metrics(METRICS, path!("/metrics"))
        .probes(Probes::http(METRICS, path!("/")))
        .env(var!("WAKA_LISTEN_ADDRESS"), "0.0.0.0:9212")
        .env(var!("WAKA_SCRAPE_URI"), "http://localhost:3000/api/compat/wakatime/v1")
        .env(var!("WAKA_API_KEY"), KEYS.field(field!("api-key")));
    Deployment::new(
        Wakapi::container(images::WAKAPI)
            .resources(cpu!("10m"), memory!("256Mi"))
            .memory_limit(memory!("1Gi"))
            .user(uid!(1000))
            .serves(WEB)
            .probes(Probes::http(WEB, path!("/api/health")))
            .env(var!("WAKAPI_LISTEN_IPV4"), "0.0.0.0")
            .env(var!("WAKAPI_PUBLIC_URL"), format!("https://{host}"))
            .env(var!("WAKAPI_DB_NAME"), "/data/wakapi.db")
            .env(var!("WAKAPI_ALLOW_SIGNUP"), false)
            .env(var!("WAKAPI_PASSWORD_SALT"), KEYS.field(field!("password-salt")))
            .env(var!("WAKAPI_MAIL_ENABLED"), true)
            .env(var!("WAKAPI_MAIL_SENDER"), "code@example.com")
            .env(var!("WAKAPI_MAIL_SMTP_HOST"), peers::mail::RELAY.host())
            .env(var!("WAKAPI_MAIL_SMTP_PORT"), 25)
            .env(var!("WAKAPI_MAIL_SMTP_TLS"), false)
            .env(var!("WAKAPI_OIDC_PROVIDERS_0_NAME"), "household")
            .env(var!("WAKAPI_OIDC_PROVIDERS_0_ENDPOINT"), url!("https://id.example.org"))
            .env(var!("WAKAPI_OIDC_PROVIDERS_0_CLIENT_ID"), LOGIN.field(field!("client-id")))
            .env(var!("WAKAPI_OIDC_PROVIDERS_0_CLIENT_SECRET"), LOGIN.field(field!("client-secret")))
            .mounts(DATA, path!("/data"))
            .scratch(path!("/tmp")),
    )
    .container(exporter)
    .reaches(External::https(host!("id.example.org")))
    .exposed(WEB, host.for_audience(site.household))
}
