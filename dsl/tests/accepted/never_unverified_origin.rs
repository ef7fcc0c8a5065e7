// The origin's certificate is verified (security model, layer 1: network perimeter).

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
    let exposure = host!("ledger.example.com").public(because!("the books are meant for everybody"));
    let _ = exposure.connect_timeout(seconds!(5));
}
