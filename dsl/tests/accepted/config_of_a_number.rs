// A config file is a text or a template (Kubernetes, ConfigMap).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn main() {
    let _ = Ledger::container(IMAGE).config(path!("/etc/workers"), "4").scratch(path!("/tmp"));
}
