// The address of an endpoint is no credential (security model, layer 5: no secrets in Git).

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

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn main() {
    let _ = Ledger::container(IMAGE)
        .env(var!("AUDIT_SECRET"), EVENTS.url()) // refused
        .scratch(path!("/tmp"));
}
