// An amount of cpu is written as the API server gives it back (Kubernetes, Resource Management: CPU units).

use casemate_dsl::prelude::*;

fn main() {
    let _ = cpu!("250m");
}
