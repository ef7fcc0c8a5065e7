// A URL within a URL carries no password either (security model, layer 5: no secrets in Git).

use casemate_dsl::prelude::*;

fn main() {
    let _ = url!("https://api.example.org/?via=http://proxy");
}
