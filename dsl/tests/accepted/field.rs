// A field is a legal key: the operator rewrites any other (1Password, Kubernetes Operator).

use casemate_dsl::prelude::*;

fn main() {
    let _ = field!("my-password");
}
