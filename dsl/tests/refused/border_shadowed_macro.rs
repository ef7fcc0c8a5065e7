// A macro of the writer's own with the name of ours makes no word (design, section 4: words).

use casemate_dsl::prelude::*;

macro_rules! image {
    ($text:literal) => {
        Image { text: $text, awaits_digest: false } // refused
    };
}

fn main() {
    let _ = (name!("ledger"), image!("registry.example.com/ledger:1.4.2"));
}
