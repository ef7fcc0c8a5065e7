// A service's own resources are in a group of its own (security model, anti-patterns: overprivileged service accounts).

use casemate_dsl::prelude::*;

fn main() {
    let _ = api::own!("onepassword.com", "onepassworditems").manage(); // refused
}
