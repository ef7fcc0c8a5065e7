// A path is absolute (Kubernetes, VolumeMount v1).

use casemate_dsl::prelude::*;

fn main() {
    let _ = path!("healthz"); // refused
}
