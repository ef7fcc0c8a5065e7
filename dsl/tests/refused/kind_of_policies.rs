// No chart makes exceptions from policies (security model, layer 3).

use casemate_dsl::prelude::*;

fn main() {
    let _ = api_kind!("policies.kyverno.io/PolicyException"); // refused
}
