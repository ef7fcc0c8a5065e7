// A device is named with the domain of its plugin (Kubernetes, Device Plugins).

use casemate_dsl::prelude::*;

fn main() {
    let _ = device!("gpu"); // refused
}
