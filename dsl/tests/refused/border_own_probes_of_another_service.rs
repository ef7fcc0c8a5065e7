// Nobody makes the probes of another service his own (design, section 1: the border).

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

/// A mark of the writer's own.
#[allow(dead_code, reason = "it shows what the writer wants")]
pub trait Mine<W> {
    /// Something that it does.
    fn probes(self) -> casemate_dsl::view::Probes;
}

#[rustfmt::skip]
impl casemate_dsl::ProbesOf<Ledger> for Probes<Audit> { // refused
    fn probes(self) -> casemate_dsl::view::Probes {
        casemate_dsl::Probing::view(self)
    }
}

fn main() {
    let _: Option<Probes<Audit>> = None;
    let _ = Ledger::NAME;
}
