// A word has one door, its check (design, section 4: words).

use casemate_dsl::prelude::*;

fn main() {
    let _ = name!("trips-api");
}
