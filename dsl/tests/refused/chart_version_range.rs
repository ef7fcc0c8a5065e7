// A range is whatever is published next (security model, GitOps: what is reviewed is what is deployed).

use casemate_dsl::prelude::*;

fn main() {
    let _ = chart_version!("~1.8.1"); // refused
}
