// A scheme stands without `://` (RFC 3986, 3.1).

use casemate_dsl::prelude::*;

fn main() {
    let _ = scheme!("nats://"); // refused
}
