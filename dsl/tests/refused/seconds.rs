// A time is at least a second (Kubernetes, Liveness, Readiness and Startup Probes).

use casemate_dsl::prelude::*;

fn main() {
    let _ = seconds!(0); // refused
}
