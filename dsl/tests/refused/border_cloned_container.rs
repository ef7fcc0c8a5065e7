// A container is not copied before its slots are filled (design, section 1: the border).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn started() -> Container<Ledger> {
    Ledger::container(IMAGE)
}

fn main() {
    let container = started();
    let other = container.clone(); // refused
    let _ = (container, other);
}
