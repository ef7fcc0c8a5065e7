// An amount of storage has a binary unit (Kubernetes, Persistent Volumes: capacity).

use casemate_dsl::prelude::*;

fn main() {
    let _ = storage!("5Gi");
}
