// The name within `identity!` is checked where it is written (Kubernetes, Object Names and IDs).

use casemate_dsl::prelude::*;

identity!(pub Ledger = "Ledger" in namespace!("payments")); // refused

fn main() {
    let _ = Ledger::NAME;
}
