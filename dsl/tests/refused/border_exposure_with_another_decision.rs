// Who may see a hostname is decided where it is named, and not changed afterwards (security model, layer 1).

use casemate_dsl::prelude::*;

const STAFF: Audience = audience!("4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");

fn main() {
    let exposure = host!("ledger.example.com").for_audience(STAFF);
    let _ = exposure.0.decision; // refused
}
