// The repository's URL carries no password (security model, layer 5: no secrets in Git).

use casemate_dsl::prelude::*;

fn main() {
    let _ = repository!("https://git.example.com/gitops.git");
}
