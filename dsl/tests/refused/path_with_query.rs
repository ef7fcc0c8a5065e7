// A probe is authorised by its exact path (Linkerd, Authorization Policy: probes).

use casemate_dsl::prelude::*;

fn main() {
    let _ = path!("/healthz?full=1"); // refused
}
