// A low port is one that needs a privilege (security model, layer 4: capabilities.drop [ALL]).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const API: Port<Ledger, Http> = low_port!(80);

fn main() {
    let _ = API;
}
