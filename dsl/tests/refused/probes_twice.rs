// Probes are said once (design, section 4: slots in the type).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const API: Port<Ledger, Http> = port!(8080);
const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn main() {
    let _ = Ledger::container(IMAGE)
        .serves(API)
        .probes(Probes::ready(http(API, path!("/ready"))))
        .probes(Probes::only_alive(http(API, path!("/healthz")))); // refused
}
