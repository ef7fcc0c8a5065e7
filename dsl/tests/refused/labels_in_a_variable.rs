// A variable holds no field that may change (Kubernetes, Downward API: information available via fieldRef).

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
        .env(var!("LABELS"), PodField::Labels) // refused
        .env(var!("NODE"), PodField::Node)
        .scratch(path!("/tmp"));
}
