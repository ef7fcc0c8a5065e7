// An HTTP probe asks a port that speaks HTTP/1 (Linkerd, Authorization Policy: probes).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const API: Port<Ledger, Grpc> = port!(9090);
const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn main() {
    let _ = Ledger::container(IMAGE).serves(API).probes(Probes::ready(exec(["/bin/grpc_health_probe", "-addr=:9090"])));
}
