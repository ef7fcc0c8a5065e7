// A number is a literal, too (design, section 4: words).

use casemate_dsl::prelude::*;

fn main() {
    let _ = port_number!(8080);
}
