//! The files of images, as volumes.

use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::ImageVolume;
use casemate_dsl::word::KubernetesVersion;

use super::super::container::pinned;
use super::super::finding::Findings;
use super::{Context, Gathered};
use crate::graph::{Volume, VolumeSource};

/// The first Kubernetes that has image volumes without being asked for them, *Feature Gates: `ImageVolume`*.
const SINCE: KubernetesVersion = casemate_dsl::kubernetes_version!("1.35");

/// The volume of an image's files.
pub(super) fn image(
    findings: &mut Findings,
    context: Context<'_>,
    gathered: &mut Gathered,
    at: Place,
    declared: ImageVolume,
) -> String {
    let ImageVolume { name, image, seal: _ } = declared;
    let Context { id, kubernetes, .. } = context;
    if kubernetes.minor() < SINCE.minor() {
        let wrong = format!(
            "the image `{name}` is a volume, which Kubernetes has from {SINCE} on, and the cluster runs {kubernetes}"
        );
        findings.add(id, at, wrong, "keep the files in a claim, which an init container can fill");
    }
    let volume = gathered.named(format!("image-{name}"));
    let source = VolumeSource::Image { reference: pinned(image) };
    let before = gathered.volumes.entry(volume.clone()).or_insert_with(|| {
        gathered.images.push(Said { what: image, at });
        Volume { source: source.clone() }
    });
    if before.source != source {
        let wrong = format!("two image volumes of this service are named `{name}`");
        findings.add(id, at, wrong, "give one of them another name, or declare the image once, as a constant");
    }
    volume
}
