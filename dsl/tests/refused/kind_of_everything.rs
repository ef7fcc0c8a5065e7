// A project permits kinds by name (security model, GitOps: no wildcard).

use casemate_dsl::prelude::*;

fn main() {
    let _ = api_kind!("apps/*"); // refused
}
