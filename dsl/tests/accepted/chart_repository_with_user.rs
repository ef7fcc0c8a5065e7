// Argo CD has its own credentials (security model, layer 5: no secret in Git).

use casemate_dsl::prelude::*;

fn main() {
    let _ = chart_repository!("https://charts.longhorn.io");
}
