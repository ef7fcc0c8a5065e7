// A runtime class has a name (Kubernetes, Runtime Class).

use casemate_dsl::prelude::*;

fn main() {
    let _ = runtime_class!("Nvidia"); // refused
}
