// An image names its registry (Kubernetes, Images: image names).

use casemate_dsl::prelude::*;

fn main() {
    let _ = image_awaiting_digest!("docker.io/library/nginx:1.29");
}
