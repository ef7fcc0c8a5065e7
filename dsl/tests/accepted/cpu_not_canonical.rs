// Whole cores are written without thousandths (Kubernetes, Resource Management: CPU units).

use casemate_dsl::prelude::*;

fn main() {
    let _ = cpu!("2");
}
