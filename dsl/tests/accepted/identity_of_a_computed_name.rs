// A name is a literal, in `identity!` too: what is rendered stands in the source (Kubernetes, Object Names and IDs).

use casemate_dsl::prelude::*;

identity!(pub Ledger = "ledger" in namespace!("payments"));

fn main() {
    let _ = Ledger::NAME;
}
