// An image is pinned by digest (Kubernetes, Images: image pull policy, digests).

use casemate_dsl::prelude::*;

fn main() {
    let _ = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
}
