//! Writes invoices: asks the accounts, tells NATS.

use casemate_dsl::prelude::*;

use crate::{accounts, namespaces, peers};

identity!(pub Invoices = "invoices" in namespaces::SHOP);

/// Invoices by number.
pub const API: Port<Invoices, Http> = port!(8080);

const IMAGE: Image = image!(
    "registry.example.com/invoices:1.4.2@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2"
);

/// Declares the invoices.
pub fn service() -> Deployment<Invoices> {
    Deployment::new(
        Invoices::container(IMAGE)
            .resources(cpu!("50m"), memory!("128Mi"))
            .serves(API)
            .probes(Probes::http(API, path!("/healthz")))
            .env(var!("ACCOUNTS_URL"), accounts::API.url())
            .env(var!("NATS_URL"), peers::NATS.url_as(scheme!("nats"))),
    )
}
