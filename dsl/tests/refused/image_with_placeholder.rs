// A placeholder is spelled as one (design, section 4: never expressible).

use casemate_dsl::prelude::*;

const IMAGE: Image =
    image!("registry.example.com/ledger:1@sha256:0000000000000000000000000000000000000000000000000000000000000000"); // refused

fn main() {
    let _ = IMAGE;
}
