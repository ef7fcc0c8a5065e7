// A URL has a host (RFC 3986, 3.2.2).

use casemate_dsl::prelude::*;

fn main() {
    let _ = url!("https:///v1"); // refused
}
