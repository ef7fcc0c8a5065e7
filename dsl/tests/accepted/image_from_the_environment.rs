// No environment variable decides what runs (design, section 2, invariant 1).

use casemate_dsl::prelude::*;

fn main() {
    let _ = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
}
