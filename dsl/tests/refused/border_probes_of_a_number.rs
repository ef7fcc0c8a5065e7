// Nobody makes probes of what is none (design, section 1: the border).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

/// A mark of the writer's own.
#[allow(dead_code, reason = "it shows what the writer wants")]
pub trait Mine<W> {
    /// Something that it does.
    fn probes(self) -> casemate_dsl::view::Probes;
}

#[rustfmt::skip]
impl casemate_dsl::ProbesOf<Ledger> for u16 { // refused
    fn probes(self) -> casemate_dsl::view::Probes {
        casemate_dsl::Probing::view(Probes::<Ledger>::only_alive(exec(["/ledger", "check"])))
    }
}

fn main() {
    let _ = Ledger::NAME;
}
