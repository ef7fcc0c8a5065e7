// A network has no bit outside of its prefix (RFC 4632, 3.1).

use casemate_dsl::prelude::*;

fn main() {
    let _ = cidr!("10.42.0.1/16"); // refused
}
