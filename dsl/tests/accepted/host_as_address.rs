// A hostname is a name, never an address (security model, layer 2: service-to-service authentication).

use casemate_dsl::prelude::*;

fn main() {
    let _ = host!("nas.example.com");
}
