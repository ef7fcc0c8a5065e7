// A name is a literal, in `identity!` too: what is rendered stands in the source (Kubernetes, Object Names and IDs).

use casemate_dsl::prelude::*;

const NAME: &str = "ledger";

identity!(pub Ledger = NAME in namespace!("payments")); // refused

fn main() {
    let _ = Ledger::NAME;
}
