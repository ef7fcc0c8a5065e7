// A digest has 64 digits (Kubernetes, Images: image names).

use casemate_dsl::prelude::*;

fn main() {
    let _ = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
}
