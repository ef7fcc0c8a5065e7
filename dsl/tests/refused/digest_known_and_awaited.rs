// A digest that is known is written with `image!` (design, section 4: images).

use casemate_dsl::prelude::*;

fn main() {
    let _ = image_awaiting_digest!("registry.example.com/ledger:1.4.2@sha256:0123"); // refused
}
