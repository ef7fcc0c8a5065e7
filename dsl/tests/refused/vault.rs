// A vault is one segment of a path (1Password, Kubernetes Operator).

use casemate_dsl::prelude::*;

fn main() {
    let _ = vault!("k8s/homelab"); // refused
}
