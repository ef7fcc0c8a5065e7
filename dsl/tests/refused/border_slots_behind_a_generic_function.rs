// A generic function fills no slot (design, section 4: slots).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

type Resources = casemate_dsl::Stated<casemate_dsl::view::Resources>;
type Checks = casemate_dsl::Stated<casemate_dsl::view::Probes>;

fn run<P>(container: Container<Ledger, Resources, P>) -> Deployment<Ledger> {
    Deployment::new(container) // refused
}

fn main() {
    let _ = run::<Checks>;
}
