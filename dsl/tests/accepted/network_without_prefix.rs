// A network has the length of its prefix (RFC 4632, 3.1).

use casemate_dsl::prelude::*;

fn main() {
    let _ = cidr!("10.42.0.0/16");
}
