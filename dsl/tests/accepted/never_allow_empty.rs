// No sync may leave nothing behind (design, section 6).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const API: Port<Ledger, Http> = port!(8080);
const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn ledger() -> ReadyContainer<Ledger> {
    Ledger::container(IMAGE)
        .resources(cpu!("250m"), memory!("256Mi"))
        .serves(API)
        .probes(Probes::http(API, path!("/healthz")))
}

fn main() {
    let service = Deployment::new(ledger());
    let _ = service.replicas(2);
}
