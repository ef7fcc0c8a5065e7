// A quantity is written in its largest unit (Kubernetes, Quantity: canonical form).

use casemate_dsl::prelude::*;

fn main() {
    let _ = memory!("1024Mi"); // refused
}
