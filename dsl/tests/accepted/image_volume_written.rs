// The files of an image are only read (Kubernetes, Volumes: image).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
const MODEL: ImageVolume = ImageVolume::of(name!("model"), image_awaiting_digest!("registry.example.com/words:7"));

fn main() {
    let _ = Ledger::container(IMAGE).reads(MODEL, path!("/model")).scratch(path!("/tmp"));
}
