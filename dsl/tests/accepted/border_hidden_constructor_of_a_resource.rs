// The door behind a macro has the macro's check (security model, anti-patterns: overprivileged service accounts).

use casemate_dsl::prelude::*;

fn main() {
    const ALL: casemate_dsl::word::ResourceName =
        casemate_dsl::word::ResourceName::checked("cache.example.com", "caches");
    let _ = (name!("ledger"), ALL);
}
