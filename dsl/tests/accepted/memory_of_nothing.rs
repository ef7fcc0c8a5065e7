// A limit of zero is no limit (security model, checklist: resource limits defined).

use casemate_dsl::prelude::*;

fn main() {
    let _ = memory!("64Mi");
}
