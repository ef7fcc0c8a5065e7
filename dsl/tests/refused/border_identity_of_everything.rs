// An identity is a type that its service names, not all types there are (design, section 4).

use casemate_dsl::prelude::*;

/// What the writer says of some types.
#[allow(dead_code, reason = "it shows what the writer wants")]
pub trait Named {}

/// The ledger's identity.
pub enum Ledger {}

#[rustfmt::skip]
impl<T: Named + 'static> Workload for T { // refused
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

fn main() {
    let _: Option<Ledger> = None;
}
