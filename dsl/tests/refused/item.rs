// A title that is no name has a name beside it (Kubernetes, Object Names and IDs).

use casemate_dsl::prelude::*;

fn main() {
    let _ = item!("Trips API key"); // refused
}
