// An image names its registry (Kubernetes, Images: image names).

use casemate_dsl::prelude::*;

fn main() {
    let _ = image_awaiting_digest!("nginx:1.29"); // refused
}
