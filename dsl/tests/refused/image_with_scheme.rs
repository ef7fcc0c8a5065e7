// An image is no URL (Kubernetes, Images: image names).

use casemate_dsl::prelude::*;

fn main() {
    let _ = image_awaiting_digest!("https://registry.example.com/ledger:1.4.2"); // refused
}
