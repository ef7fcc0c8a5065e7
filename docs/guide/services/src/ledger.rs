//! Takes bookings from other services.

use casemate_dsl::prelude::*;

use crate::namespaces;

identity!(pub Ledger = "ledger" in namespaces::PAYMENTS);

/// Bookings, one by one.
pub const API: Port<Ledger, Http> = port!(8080);

const IMAGE: Image =
    image!("registry.example.com/ledger:1.4.2@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");

/// Declares the ledger.
pub fn service() -> Deployment<Ledger> {
    Deployment::new(
        Ledger::container(IMAGE)
            .resources(cpu!("250m"), memory!("256Mi"))
            .serves(API)
            .probes(Probes::http(API, path!("/healthz")))
            .env(var!("LOG_LEVEL"), "info")
            .scratch(path!("/tmp")),
    )
    .replicas(3)
}
