//! A claim holds up later waves exactly when no pod of its own wave wants it.

use casemate_oracle::judge;
use serde_json::json;

use crate::breach::{Change, apply};
use crate::sample;

const WAVE: &str = "/metadata/annotations/argocd.argoproj.io~1sync-wave";

/// The claims that hold something up after these objects were put into other waves.
fn held_up(waves: &[(&str, &str)]) -> Vec<String> {
    let mut values = sample::values();
    for (object, wave) in waves {
        apply(&mut values, object, &Change::Set(WAVE, json!(wave)));
    }
    let verdict = judge(&sample::world(&values), &sample::peers());
    verdict.findings.into_iter().filter(|finding| finding.rule == "wave-claim").map(|finding| finding.object).collect()
}

#[test]
fn a_claim_that_its_own_wave_wants_holds_up_nothing() {
    let later = ("NetworkPolicy payments/mailer-to-outside", "10");
    assert_eq!(held_up(&[later]), [""; 0]);
    let claim = ["PersistentVolumeClaim payments/mailer-queue"];
    assert_eq!(held_up(&[later, ("Deployment payments/mailer", "5")]), claim);
}

#[test]
fn pods_of_other_applications_do_not_count() {
    assert_eq!(held_up(&[("EgressNetwork shop/egress", "10")]), ["PersistentVolumeClaim shop/archive"]);
}
