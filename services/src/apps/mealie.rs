//! Recipes of the household: takes them over from web pages, and plans meals.
//!
//! Lost on its way here: the pooler before its database, and mail settings as one whole secret, of which user and password are left.
//! Since it reads any web page, nothing else runs in its namespace. Uploads above a megabyte pass through `/tmp`, which it had not.

use casemate_dsl::prelude::*;

use crate::{Site, images, namespaces};

identity!(pub Mealie = "mealie" in namespaces::MEALIE);

/// Recipes and plans.
pub const WEB: Port<Mealie, Http> = port!(9000);

const DATA: Claim = Claim::own(name!("data"), storage!("5Gi"));
const DB: Database = CloudNativePg::cluster(name!("mealie-pg"), namespaces::MEALIE);
const MAIL: Item = item!("mail", "mealie-mail");

/// Declares Mealie.
pub fn service(site: &Site) -> Deployment<Mealie> {
    let host = site.zone.host(name!("recipes"));
    Deployment::new(
        Mealie::container(images::MEALIE)
            .resources(cpu!("10m"), memory!("500Mi"))
            .cpu_limit(cpu!("500m"))
            .user(uid!(65534))
            .serves(WEB)
            .probes(Probes::http(WEB, path!("/api/app/about")))
            .env(var!("ALLOW_SIGNUP"), false)
            .env(var!("BASE_URL"), format!("https://{host}"))
            .env(var!("TZ"), "Europe/London")
            .env(var!("DB_ENGINE"), "postgres")
            .env(var!("POSTGRES_SERVER"), DB.host())
            .env(var!("POSTGRES_PORT"), DB.port())
            .env(var!("POSTGRES_DB"), DB.dbname())
            .env(var!("POSTGRES_USER"), DB.username())
            .env(var!("POSTGRES_PASSWORD"), DB.password())
            .env(var!("SMTP_HOST"), "smtp.example.org")
            .env(var!("SMTP_FROM_EMAIL"), "recipes@example.com")
            .env(var!("SMTP_USER"), MAIL.field(field!("username")))
            .env(var!("SMTP_PASSWORD"), MAIL.field(field!("password")))
            .mounts(DATA, path!("/app/data"))
            .scratch(path!("/tmp")),
    )
    .reaches(External::any_web_page(because!("it imports recipes from the pages that people name")))
    .reaches(External::tcp(host!("smtp.example.org"), port_number!(587)))
    .exposed(WEB, host.for_audience(site.household))
}
