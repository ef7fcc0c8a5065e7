// The proxy's image is a Linkerd release (Linkerd, Releases and Versions).

use casemate_dsl::prelude::*;

fn main() {
    let _ = linkerd_awaiting_digest!("latest"); // refused
}
