// A word is one literal, which a search finds, not pieces of one (design, section 4: words).

use casemate_dsl::prelude::*;

fn main() {
    let _ = host!("ledger.example.com");
}
