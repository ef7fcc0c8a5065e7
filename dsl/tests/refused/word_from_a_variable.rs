// A word is a literal: what is not one cannot be checked while compiling (design, section 4: words).

use casemate_dsl::prelude::*;

fn main() {
    let text = "trips-api";
    let _ = name!(text); // refused
}
