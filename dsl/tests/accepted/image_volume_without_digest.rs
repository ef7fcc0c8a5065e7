// An image is pinned by digest, also where it is a volume (security model, supply chain).

use casemate_dsl::prelude::*;

fn main() {
    let _ = ImageVolume::of(name!("model"), image_awaiting_digest!("registry.example.com/words:7"));
}
