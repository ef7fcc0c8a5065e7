// A name in a trait impl is checked, too (Kubernetes, Object Names and IDs).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

fn main() {
    let _ = Ledger::NAME;
}
