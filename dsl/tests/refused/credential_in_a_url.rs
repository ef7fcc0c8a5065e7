// A URL's parameter is no place for a credential (security model, layer 5: no secrets in Git).

use casemate_dsl::prelude::*;

fn main() {
    let _ = url!("https://api.example.org/v1?token=hunter2"); // refused
}
