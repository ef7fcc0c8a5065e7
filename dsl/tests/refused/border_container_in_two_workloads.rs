// A container runs in one workload: what it was given, it was given once (design, section 4).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn ledger() -> ReadyContainer<Ledger> {
    Ledger::container(IMAGE)
        .resources(cpu!("250m"), memory!("256Mi"))
        .probes(Probes::only_alive(exec(["/ledger", "check"])))
}

fn main() {
    let container = ledger();
    let _ = Deployment::new(container);
    let _ = StatefulSet::new(container); // refused
}
