// The door behind a macro has the macro's check (security model, anti-patterns: floating tags).

use casemate_dsl::prelude::*;

fn main() {
    const IMAGE: Image = Image::checked("registry.example.com/ledger:1.4.2"); // refused
    let _ = IMAGE;
}
