// A name is a DNS label (Kubernetes, Object Names and IDs).

use casemate_dsl::prelude::*;

fn main() {
    let _ = name!("trips-api");
}
