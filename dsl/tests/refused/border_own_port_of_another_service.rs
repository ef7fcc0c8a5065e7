// Nobody makes the port of another service his own (design, section 1: the border).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

/// Another service's identity.
pub enum Audit {}

impl Workload for Audit {
    const NAME: Name = name!("audit");
    const NAMESPACE: Namespace = namespace!("audit");
}

const EVENTS: Port<Audit, Http> = port!(8080);

/// A mark of the writer's own.
#[allow(dead_code, reason = "it shows what the writer wants")]
pub trait Mine<W> {}

impl casemate_dsl::OwnPort<Ledger> for Port<Audit, Http> {} // refused

fn main() {
    let _ = (EVENTS, Ledger::NAME);
}
