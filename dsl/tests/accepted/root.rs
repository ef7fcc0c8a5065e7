// Nothing runs as root (security model, layer 4: runAsNonRoot).

use casemate_dsl::prelude::*;

fn main() {
    let _ = uid!(101);
}
