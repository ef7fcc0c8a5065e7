// A title reads as it is (security model, security review checklist).

use casemate_dsl::prelude::*;

fn main() {
    let _ = vault!("k8s\u{200b}-homelab"); // refused
}
