// An amount of memory has a binary unit (Kubernetes, Resource Management: memory units).

use casemate_dsl::prelude::*;

fn main() {
    let _ = memory!("64Mi");
}
