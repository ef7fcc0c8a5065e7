//! Image volumes.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::ledger;
use crate::{accepted, of_kubernetes, refused, running, with_source};

const MODEL: ImageVolume =
    image_volume!("model", "ghcr.io/x/model:7@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");

#[test]
fn the_cluster_has_image_volumes() {
    let reading = || Deployment::new(ledger().reads(MODEL, path!("/model")));
    accepted(of_kubernetes(kubernetes_version!("1.35")).runs(reading()));
    assert_snapshot!(refused(of_kubernetes(kubernetes_version!("1.34")).runs(reading())), @r#"
    payments/ledger: the image `model` is a volume, which Kubernetes has from 1.35 on, and the cluster runs 1.34
      --> image_volumes.rs `reads(MODEL, path!("/model"))`
      instead: keep the files in a claim, which an init container can fill
    "#);
}

#[test]
fn two_image_volumes_have_two_names() {
    const OTHER: ImageVolume = ImageVolume::of(name!("model"), image_awaiting_digest!("ghcr.io/x/model:8"));
    let both = |second| running(ledger().reads(MODEL, path!("/a")).reads(second, path!("/b")));
    accepted(both(MODEL));
    assert_snapshot!(refused(both(OTHER)), @r#"
    payments/ledger: two image volumes of this service are named `model`
      --> image_volumes.rs `reads(second, path!("/b"))`
      instead: give one of them another name, or declare the image once, as a constant
    "#);
}

#[test]
fn nothing_lies_inside_of_an_image_volume() {
    accepted(running(ledger().reads(MODEL, path!("/model")).scratch(path!("/cache"))));
    assert_snapshot!(refused(running(ledger().reads(MODEL, path!("/model")).scratch(path!("/model/cache")))), @r#"
    payments/ledger: /model/cache would lie inside of /model, which is only read, so that no mount can be made there; the other is at image_volumes.rs on the same line
      --> image_volumes.rs `scratch(path!("/model/cache"))`
      instead: mount it beside what is only read
    "#);
}

#[test]
fn an_image_volume_may_await_its_digest() {
    const AWAITING: ImageVolume = ImageVolume::of(name!("model"), image_awaiting_digest!("ghcr.io/x/model:8"));
    let rendered = casemate::render(running(ledger().reads(AWAITING, path!("/model")))).expect("it is only a warning");
    let warnings: Vec<String> = rendered.warnings().map(with_source).collect();
    assert_snapshot!(warnings.join("\n"), @"payments/ledger: the image ghcr.io/x/model:8 awaits its digest, and cannot be pulled (image_volumes.rs elsewhere)");
}
