// A word has no default (design, section 4: words).

use casemate_dsl::prelude::*;

fn main() {
    let _ = uid!(101);
}
