// A priority class has a name (Kubernetes, Pod Priority and Preemption).

use casemate_dsl::prelude::*;

fn main() {
    let _ = priority_class!("important");
}
