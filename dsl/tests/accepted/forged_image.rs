// An image has one door, its check (design, section 4: words).

use casemate_dsl::prelude::*;

fn main() {
    let _ = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
}
