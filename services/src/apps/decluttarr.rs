//! Removes downloads that hang from the queues of the download managers.
//!
//! The managers are not ours, so they run in a namespace of theirs, and it no longer stands beside them. Its config is one secret,
//! since it gives the managers' keys; whom it calls is said here.

use casemate_dsl::prelude::*;

use crate::apps::peers;
use crate::namespaces;

/// The cleaner's identity in the mesh.
pub enum Decluttarr {}

impl Workload for Decluttarr {
    const NAME: Name = name!("decluttarr");
    const NAMESPACE: Namespace = namespaces::DECLUTTARR;
}

const CONFIG: Item = item!("config", "decluttarr-config");

const IMAGE: Image = image!(
    "ghcr.io/manimatter/decluttarr:v2.1.0@sha256:c06d48426b612b845f2406c2d045f266468a6390faf87aea796d497a2935ec95"
);

/// Declares the cleaner.
pub fn service() -> Deployment<Decluttarr> {
    Deployment::new(
        Decluttarr::container(IMAGE)
            .resources(cpu!("10m"), memory!("128Mi"))
            .user(uid!(1000))
            .group(gid!(100))
            .probes(Probes::none(because!("it serves nothing, and its image brings no command that asks it")))
            .secret_file(path!("/app/config/config.yaml"), CONFIG.field(field!("config")))
            .scratch(path!("/app/logs")),
    )
    .volume_group(gid!(100))
    .calls(peers::SONARR)
    .calls(peers::RADARR)
}
