// A view of a config file is none (design, section 1: the border).

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
        .resources(cpu!("250m"), memory!("256Mi"))
        .config(path!("/etc/ledger.toml"), "level = 1");
}
