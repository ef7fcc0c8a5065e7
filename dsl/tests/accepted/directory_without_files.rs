// A directory of files is never empty (Kubernetes, Projected Volumes: sources).

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
        .directory(path!("/etc/ledger"), Files::new().text(file_name!("ledger.toml"), "open = true"))
        .scratch(path!("/tmp"));
}
