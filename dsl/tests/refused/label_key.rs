// A label's key is a name, with a domain before it or not (Kubernetes, Labels and Selectors: syntax).

use casemate_dsl::prelude::*;

fn main() {
    let _ = label!("app.kubernetes.io/", "nats"); // refused
}
