// A chart is pinned (security model, GitOps: what is reviewed is what is deployed).

use casemate_dsl::prelude::*;

fn main() {
    let _ = chart_version!("latest"); // refused
}
