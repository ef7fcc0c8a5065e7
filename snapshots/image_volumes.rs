//! Image volumes: the files of an image, pulled like any image.

use casemate_dsl::prelude::*;

use crate::example::{cluster, ledger};
use crate::means;

#[test]
fn image_volume() {
    const MODEL: ImageVolume = image_volume!(
        "model",
        "ghcr.io/example/words:7@sha256:0700ad9da4e4c014e1b036107d1a674e5cfa497a9b7f151e054b64d198907497"
    );
    let cluster = cluster()
        .pulls(host!("ghcr.io"), item!("ghcr"))
        .runs(Deployment::new(ledger().reads(MODEL, path!("/models/words"))));
    means!("image-volume", cluster, ["services/payments/ledger/deployment-ledger.yaml"]);
}
