// A path leaves no directory upwards (Kubernetes, VolumeMount v1).

use casemate_dsl::prelude::*;

fn main() {
    let _ = path!("/etc");
}
