// The door behind a macro has the macro's check (security model, anti-patterns: floating tags).

use casemate_dsl::prelude::*;

fn main() {
    const IMAGE: Image = Image::checked_without_digest("registry.example.com/ledger:1.4.2");
    let _ = IMAGE;
}
