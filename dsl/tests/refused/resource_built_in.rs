// Kubernetes' own kinds have nouns (security model, anti-patterns: overprivileged service accounts).

use casemate_dsl::prelude::*;

fn main() {
    let _ = api::custom!("apps", "deployments").read(); // refused
}
