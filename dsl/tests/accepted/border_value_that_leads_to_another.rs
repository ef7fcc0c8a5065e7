// What leads to a field of a secret is none (security model, layer 5: no secrets in Git).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

const PASSWORD: SecretField = item!("ledger-db").field(field!("password"));

/// A text that leads to a field.
pub struct Disguised(pub &'static str);

impl core::ops::Deref for Disguised {
    type Target = SecretField;

    fn deref(&self) -> &SecretField {
        &PASSWORD
    }
}

fn main() {
    let disguised = Disguised("postgres://ledger");
    let _ = disguised.0;
    let _ = Ledger::container(IMAGE).resources(cpu!("250m"), memory!("256Mi")).env(var!("DB_URI"), *disguised);
}
