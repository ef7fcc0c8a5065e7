// A URL carries no password (security model, layer 5: no secrets in Git).

use casemate_dsl::prelude::*;

fn main() {
    let _ = url!("https://user:hunter2@api.example.org/v1"); // refused
}
