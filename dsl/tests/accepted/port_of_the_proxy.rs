// The proxy's ports are the proxy's (security model, layer 2: automatic mTLS; Linkerd, proxy ports).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const API: Port<Ledger, Http> = port!(8080);

fn main() {
    let _ = API;
}
