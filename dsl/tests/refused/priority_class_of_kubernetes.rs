// No service comes before the cluster itself (Kubernetes, Guaranteed Scheduling For Critical Add-On Pods).

use casemate_dsl::prelude::*;

fn main() {
    let _ = priority_class!("system-cluster-critical"); // refused
}
