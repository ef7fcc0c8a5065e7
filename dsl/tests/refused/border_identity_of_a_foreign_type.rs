// An identity is a type of its service (design, section 4).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

#[rustfmt::skip]
impl Workload for String { // refused
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

fn main() {
    let _: Option<Ledger> = None;
}
