// A URL has a scheme (RFC 3986, 3.1).

use casemate_dsl::prelude::*;

fn main() {
    let _ = url!("https://api.example.org/v1");
}
