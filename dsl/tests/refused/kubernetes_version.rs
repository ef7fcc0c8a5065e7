// Pod Security is pinned to a version that was tested (Kubernetes, Version Skew Policy).

use casemate_dsl::prelude::*;

fn main() {
    let _ = kubernetes_version!("1.29"); // refused
}
