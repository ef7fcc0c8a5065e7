// A word is not parsed (design, section 4: words).

use casemate_dsl::prelude::*;

fn main() {
    let _ = uid!(100);
}
