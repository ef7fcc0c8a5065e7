// An identity has a namespace: in the mesh a name alone is nobody (Linkerd, Automatic mTLS).

use casemate_dsl::prelude::*;

identity!(pub Ledger = "ledger" in namespace!("payments"));

fn main() {
    let _ = Ledger::NAME;
}
