// A subresource of another's resource is not granted (security model, anti-patterns: overprivileged service accounts).

use casemate_dsl::prelude::*;

fn main() {
    let _ = api::custom!("argoproj.io", "applications/status").read(); // refused
}
