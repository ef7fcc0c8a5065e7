//! Keeps what was booked, for ten years.

use casemate_dsl::prelude::*;

use crate::namespaces;

identity!(pub Archive = "archive" in namespaces::PAYMENTS);

/// Years, one by one.
pub const API: Port<Archive, Http> = port!(8080);

/// One claim for each pod.
const YEARS: Claim = Claim::template(name!("years"), storage!("20Gi"));

/// Half-written years, beside the finished ones and at the place where uploads come in.
const WORK: Scratch = Scratch::disk(name!("work"), memory!("2Gi"));

const IMAGE: Image = image!(
    "registry.example.com/archive:1.4.2@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2"
);

/// Declares the archive.
pub fn service() -> StatefulSet<Archive> {
    StatefulSet::new(
        Archive::container(IMAGE)
            .resources(cpu!("50m"), memory!("256Mi"))
            .serves(API)
            .probes(Probes::http(API, path!("/healthz")))
            .mounts(YEARS, path!("/data"))
            .mounts(WORK.sub_path(sub_path!("uploads")), path!("/uploads"))
            .mounts(WORK.sub_path(sub_path!("years")), path!("/work"))
            .scratch(path!("/tmp")),
    )
}
