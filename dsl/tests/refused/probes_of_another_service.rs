// A container is probed on a port of its own service (security model, network security: least privilege).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

/// Another service's identity.
pub enum Audit {}

impl Workload for Audit {
    const NAME: Name = name!("audit");
    const NAMESPACE: Namespace = namespace!("audit");
}

const EVENTS: Port<Audit, Http> = port!(8080);

const API: Port<Ledger, Http> = port!(8080);
const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn main() {
    let _ = Ledger::container(IMAGE)
        .serves(API)
        .env(var!("AUDIT_URL"), EVENTS.url())
        .probes(Probes::http(EVENTS, path!("/healthz"))); // refused
}
