// A ConfigMap holds no secrets (security model, layer 5).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn main() {
    let key = item!("ledger-tls").field(field!("private-key"));
    let files = Files::new().secret(file_name!("tls.key"), key).text(file_name!("ledger.toml"), "open = true");
    let _ = Ledger::container(IMAGE).directory(path!("/etc/ledger"), files);
}
