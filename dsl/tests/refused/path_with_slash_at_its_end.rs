// A path ends without a slash (Linkerd, Authorization Policy: probes).

use casemate_dsl::prelude::*;

fn main() {
    let _ = path!("/healthz/"); // refused
}
