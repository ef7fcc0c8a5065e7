// A value behind a trait object is none: what it is decides where it may stand (design, section 1: the border).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

type Any = Box<dyn casemate_dsl::EnvValue<Shown = casemate_dsl::shown::Anywhere>>;

fn value() -> Any {
    Box::new("info")
}

fn main() {
    let _ = value();
    let _ = Ledger::container(IMAGE).resources(cpu!("250m"), memory!("256Mi")).env(var!("LOG_LEVEL"), "info");
}
