// Resources of Kubernetes are no devices (Kubernetes, Device Plugins).

use casemate_dsl::prelude::*;

fn main() {
    let _ = device!("example.com/memory");
}
