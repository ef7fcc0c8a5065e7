// `/0` is everybody (security model, network policies: microsegmentation).

use casemate_dsl::prelude::*;

fn main() {
    let _ = cidr!("10.0.0.0/8");
}
