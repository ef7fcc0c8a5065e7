// No environment variable names what a container is given (design, section 2, invariant 1).

use casemate_dsl::prelude::*;

fn main() {
    let _ = var!(option_env!("CASEMATE_VARIABLE")); // refused
}
