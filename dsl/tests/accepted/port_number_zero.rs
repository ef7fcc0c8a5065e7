// A peer's port is 1 to 65535 (RFC 9293, 3.1).

use casemate_dsl::prelude::*;

fn main() {
    let _ = port_number!(443);
}
