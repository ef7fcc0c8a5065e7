// A reason stands where it is given, and a reviewer reads it there (design, section 4).

use casemate_dsl::prelude::*;

fn main() {
    let _ = because!("photos are meant for everybody");
}
