// No service writes Secrets through the API (security model, anti-patterns: overprivileged service accounts).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn main() {
    let _ = Ledger::container(IMAGE).may(api::LEASES.manage()).scratch(path!("/tmp"));
}
