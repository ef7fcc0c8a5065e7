//! Workflows: reacts to mail and to other services, and patches itself before it starts.
//!
//! Lost on its way here: port 80, a TCP probe, the bundle of private certificates and the gateway that they were for, and
//! webhooks from outside, which do not pass Access. What a workflow calls stands below, and nothing else can be reached.

use casemate_dsl::prelude::*;

use crate::{Site, images, namespaces, peers};

identity!(pub N8n = "n8n" in namespaces::N8N);

/// The editor.
pub const WEB: Port<N8n, Http> = port!(5678);

const NPM: Claim = Claim::template(name!("data"), storage!("1Gi"));
const WORKFLOWS: Claim = Claim::existing(namespaces::N8N, name!("n8n-config"));
const WORK: Scratch = Scratch::disk(name!("work"), memory!("2Gi"));
const PROGRAM: Part<Scratch> = WORK.sub_path(sub_path!("program"));
const SECRETS: Item = item!("secrets", "n8n-secrets");

/// Declares n8n.
pub fn service(site: &Site) -> StatefulSet<N8n> {
    let host = site.zone.host(name!("workflows"));
    let patches = N8n::container_named(name!("security-patches"), images::N8N)
        .resources(cpu!("5m"), memory!("10Mi"))
        .memory_limit(memory!("128Mi"))
        .user(uid!(1000))
        .command(["sh", "-c", "cp -R /usr/local/lib/node_modules/n8n/dist/. /n8n && sh /security-patches.sh"])
        .secret_file(path!("/security-patches.sh"), SECRETS.field(field!("security-patches")))
        .mounts(PROGRAM, path!("/n8n"))
        .mounts(WORK.sub_path(sub_path!("tmp")), path!("/tmp"))
        .mounts(WORK.sub_path(sub_path!("cache")), path!("/home/node/.cache"));
    StatefulSet::new(
        N8n::container(images::N8N)
            .resources(cpu!("10m"), memory!("512Mi"))
            .memory_limit(memory!("4Gi"))
            .user(uid!(1000))
            .serves(WEB)
            .metrics(WEB, path!("/metrics"))
            .probes(
                Probes::ready(http(WEB, path!("/healthz/readiness")).within(seconds!(5)).failing_after(5))
                    .alive(http(WEB, path!("/healthz")).every(seconds!(30)).within(seconds!(5)).failing_after(5))
                    .started(http(WEB, path!("/healthz")).failing_after(30)),
            )
            .env(var!("N8N_LISTEN_ADDRESS"), "0.0.0.0")
            .env(var!("N8N_EDITOR_BASE_URL"), format!("https://{host}"))
            .env(var!("WEBHOOK_URL"), format!("https://{host}"))
            .env(var!("N8N_DIAGNOSTICS_ENABLED"), false)
            .env(var!("N8N_METRICS"), true)
            .env(var!("N8N_BLOCK_ENV_ACCESS_IN_NODE"), true)
            .env(var!("N8N_RESTRICT_FILE_ACCESS_TO"), "/sync")
            .env(var!("N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS"), false)
            .env(var!("DB_SQLITE_VACUUM_ON_STARTUP"), true)
            .env(var!("N8N_SMTP_HOST"), peers::mail::RELAY.host())
            .env(var!("N8N_SMTP_PORT"), 25)
            .env(var!("N8N_SMTP_SSL"), false)
            .env(var!("N8N_SMTP_SENDER"), "workflows@example.com")
            .env(var!("N8N_LICENSE_ACTIVATION_KEY"), SECRETS.field(field!("license-activation-key")))
            .env(var!("GENERIC_TIMEZONE"), "Europe/London")
            .mounts(NPM.sub_path(sub_path!("npm")), path!("/home/node/.npm"))
            .mounts(WORKFLOWS.sub_path(sub_path!("config")), path!("/home/node/.n8n"))
            .reads(PROGRAM, path!("/usr/local/lib/node_modules/n8n/dist"))
            .mounts(WORK.sub_path(sub_path!("tmp")), path!("/tmp"))
            .mounts(WORK.sub_path(sub_path!("cache")), path!("/home/node/.cache")),
    )
    .init_container(patches)
    .reaches(External::https(host!("license.n8n.io")))
    .reaches(External::https(host!("api.github.com")))
    .reaches(External::https(host!("api.telegram.org")))
    .reaches(External::tls(host!("imap.example.org"), port_number!(993)))
    .reaches(External::tls(host!("smtp.example.org"), port_number!(465)))
    .exposed(WEB, host.for_audience(site.operators))
}
