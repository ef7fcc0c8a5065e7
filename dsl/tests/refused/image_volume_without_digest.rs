// An image is pinned by digest, also where it is a volume (security model, supply chain).

use casemate_dsl::prelude::*;

fn main() {
    let _ = image_volume!("model", "registry.example.com/words:7"); // refused
}
