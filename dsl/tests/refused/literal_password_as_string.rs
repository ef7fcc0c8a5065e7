// A text made at run time is a literal, too (security model, layer 5: no secrets in Git).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
const DB: Item = item!("ledger-db");

fn main() {
    let _ = Ledger::container(IMAGE)
        .env(var!("API_TOKEN"), String::from("hunter2")) // refused
        .scratch(path!("/tmp"));
}
