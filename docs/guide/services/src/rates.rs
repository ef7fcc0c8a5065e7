//! Fetches exchange rates every morning, and books them.

use casemate_dsl::prelude::*;

use crate::{ledger, namespaces};

identity!(pub Rates = "rates" in namespaces::PAYMENTS);

const IMAGE: Image =
    image!("registry.example.com/rates:1.4.2@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");

/// Declares the fetch.
pub fn service() -> CronJob<Rates> {
    CronJob::new(
        cron!("30 6 * * 1-5"),
        Rates::container(IMAGE)
            .resources(cpu!("10m"), memory!("64Mi"))
            .env(var!("LEDGER_URL"), ledger::API.url())
            .scratch(path!("/tmp")),
    )
    .time_zone(time_zone!("Europe/Zurich"))
    .concurrency(Concurrency::Replace)
    .deadline(seconds!(600))
    .retries(2)
    .reaches(External::https(host!("api.example.org")))
}
