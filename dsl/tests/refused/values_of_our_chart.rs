// What guarantees stand on is not the user's to set (security model, layer 3: no exceptions).

use casemate_dsl::prelude::*;

fn main() {
    let _ = chart::kyverno(chart_version!("3.9.1")).values("features: {}"); // refused
}
