// What runs to its end is not exposed (design, section 4: slots).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const API: Port<Ledger, Http> = port!(8080);
const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn migration() -> Job<Ledger> {
    Job::new(Ledger::container(IMAGE).resources(cpu!("250m"), memory!("256Mi")))
}

fn main() {
    let _ = (API, migration().deadline(seconds!(60)));
}
