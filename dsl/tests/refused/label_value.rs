// A label's value is never empty: it would select other pods (Kubernetes, Labels and Selectors: syntax).

use casemate_dsl::prelude::*;

fn main() {
    let _ = label!("app", ""); // refused
}
