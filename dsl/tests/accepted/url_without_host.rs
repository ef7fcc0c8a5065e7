// A URL has a host (RFC 3986, 3.2.2).

use casemate_dsl::prelude::*;

fn main() {
    let _ = url!("https://api.example.org/v1");
}
