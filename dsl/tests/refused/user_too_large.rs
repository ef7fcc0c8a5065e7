// An id is at most 2147483647 (Kubernetes, PodSecurityContext v1).

use casemate_dsl::prelude::*;

fn main() {
    let _ = uid!(4294967295); // refused
}
