// A reason stands where it is given, and a reviewer reads it there (design, section 4).

use casemate_dsl::prelude::*;

fn main() {
    let _ = because!(include_str!("border_reason_from_a_file.rs")); // refused
}
