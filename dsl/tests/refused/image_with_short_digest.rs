// A digest has 64 digits (Kubernetes, Images: image names).

use casemate_dsl::prelude::*;

fn main() {
    let _ = image!("registry.example.com/ledger:1.4.2@sha256:0123"); // refused
}
