//! Searches the web for the monolith.
//!
//! Hardened on its way here: nothing was set at all, it ran under the default account from the tag `latest`, and its key was a hash of a
//! name that stands in Git.

use casemate_dsl::prelude::*;

use crate::{images, namespaces};

identity!(pub Searxng = "searxng" in namespaces::MONOLITH);

/// Results, as pages and as JSON.
pub const WEB: Port<Searxng, Http> = port!(8080);

const KEY: Item = item!("key", "searxng");

/// Declares the search.
pub fn service() -> Deployment<Searxng> {
    Deployment::new(
        Searxng::container(images::SEARXNG)
            .resources(cpu!("10m"), memory!("192Mi"))
            .memory_limit(memory!("512Mi"))
            .user(uid!(977))
            .serves(WEB)
            .probes(
                Probes::ready(http(WEB, path!("/healthz")).after(seconds!(5)))
                    .alive(http(WEB, path!("/healthz")).after(seconds!(5)).every(seconds!(30))),
            )
            .env(var!("SEARXNG_BASE_URL"), url!("http://localhost:8080"))
            .env(var!("SEARXNG_SETTINGS_PATH"), "/etc/searxng-config/settings.yml")
            .env(var!("SEARXNG_SECRET"), KEY.field(field!("secret")))
            .config(path!("/etc/searxng-config/settings.yml"), include_str!("../config/searxng.yml"))
            .scratch(path!("/tmp"))
            .scratch(path!("/var/cache/searxng")),
    )
    .reaches(External::any_web_page(because!("it asks whichever search engines answer")))
}
