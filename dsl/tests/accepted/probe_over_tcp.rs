// No TCP probe in the mesh: the proxy accepts, so it cannot fail (Linkerd, Authorization Policy: probes).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const SQL: Port<Ledger, Tcp> = port!(5432);
const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn main() {
    let _ = Ledger::container(IMAGE).serves(SQL).probes(Probes::ready(exec(["/usr/bin/pg_isready"])));
}
