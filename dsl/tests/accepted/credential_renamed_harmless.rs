// Whether a variable names a credential is not the writer's choice (security model, layer 5: no secrets in Git).

use casemate_dsl::prelude::*;

fn main() {
    const DB: Var<true> = Var::checked("DB_PASSWORD");
    let _ = DB;
}
