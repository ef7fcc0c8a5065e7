// A credential is a field of a secret, and nothing else (security model, layer 5).

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
        .env(var!("NODE_TOKEN"), PodField::Uid) // refused
        .env(var!("NODE"), PodField::Node)
        .scratch(path!("/tmp"));
}
