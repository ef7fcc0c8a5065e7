// A project permits objects without a namespace by name (security model, overprivileged accounts).

use casemate_dsl::prelude::*;

fn main() {
    let _ = object_names!("longhorn-*");
}
