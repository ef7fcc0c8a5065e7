// A field of a secret has no text, and none is put into it (security model, layer 5: no secrets in Git).

use casemate_dsl::prelude::*;

const DB: Item = item!("ledger-db");

fn main() {
    let _ = SecretField { item: DB, field: field!("password") }; // refused
}
