// A storage class is named like any object (Kubernetes, Storage Classes).

use casemate_dsl::prelude::*;

fn main() {
    let _ = storage_class!("longhorn");
}
