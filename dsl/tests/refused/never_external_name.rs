// No Service is a name for another host (security model, network security).

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
    let _ = (API, IMAGE);
    let port = API;
    let _ = port.external_name(host!("api.example.org")); // refused
}
