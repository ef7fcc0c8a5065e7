// A variable holds a literal, a field of a secret or an address (Kubernetes, EnvVar v1).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn main() {
    let _ = Ledger::container(IMAGE)
        .env(var!("LOG_TARGETS"), "ledger,audit")
        .env(var!("WORKERS"), 5)
        .env(var!("SAMPLED"), 0.5)
        .env(var!("BASIC_AUTH"), true)
        .scratch(path!("/tmp"));
}
