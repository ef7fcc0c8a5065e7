// A macro of the writer's own with the name of ours makes no word (design, section 4: words).

use casemate_dsl::prelude::*;

macro_rules! image {
    ($text:literal) => {
        casemate_dsl::image_awaiting_digest!($text)
    };
}

fn main() {
    let _ = (name!("ledger"), image!("registry.example.com/ledger:1.4.2"));
}
