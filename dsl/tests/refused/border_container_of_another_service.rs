// A workload runs containers of its own identity (security model, layer 2: identity).

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

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn ledger() -> ReadyContainer<Ledger> {
    Ledger::container(IMAGE)
        .resources(cpu!("250m"), memory!("256Mi"))
        .probes(Probes::only_alive(exec(["/ledger", "check"])))
}

fn main() {
    let _: (Name, Deployment<Audit>) = (Audit::NAME, Deployment::new(ledger())); // refused
}
