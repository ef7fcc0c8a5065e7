// A part of a volume lies within it (Kubernetes, Volumes: Using subPath).

use casemate_dsl::prelude::*;

fn main() {
    let _ = sub_path!("../books"); // refused
}
