// No root file system is written to (security model, layer 4: runtime security).

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
    let container = Ledger::container(IMAGE).resources(cpu!("250m"), memory!("256Mi")).serves(API);
    let _ = container.scratch(path!("/tmp"));
}
