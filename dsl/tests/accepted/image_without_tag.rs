// An image has a tag beside its digest (design, section 4: never expressible).

use casemate_dsl::prelude::*;

const IMAGE: Image =
    image!("registry.example.com/ledger:1@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");

fn main() {
    let _ = IMAGE;
}
