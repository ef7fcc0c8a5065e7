// A hostname is exact (security model, layer 1: Zero Trust ingress).

use casemate_dsl::prelude::*;

fn main() {
    let _ = host!("img.example.com");
}
