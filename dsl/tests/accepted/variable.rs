// A variable's name has letters, digits and underscores (Kubernetes, EnvVar v1).

use casemate_dsl::prelude::*;

fn main() {
    let _ = var!("LOG_LEVEL");
}
