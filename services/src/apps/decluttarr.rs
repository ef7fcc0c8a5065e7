//! Removes downloads that hang from the queues of the download managers.
//!
//! The managers are not ours, so they run in a namespace of theirs, and it no longer stands beside them. Its config is one secret,
//! since it gives the managers' keys; whom it calls is said here.

use casemate_dsl::prelude::*;

use crate::{images, namespaces, peers};

identity!(pub Decluttarr = "decluttarr" in namespaces::DECLUTTARR);

const CONFIG: Item = item!("config", "decluttarr-config");

/// Declares the cleaner.
pub fn service() -> Deployment<Decluttarr> {
    Deployment::new(
        Decluttarr::container(images::DECLUTTARR)
            .resources(cpu!("10m"), memory!("128Mi"))
            .user(uid!(1000))
            .group(gid!(100))
            .probes(Probes::none(because!("it serves nothing, and its image brings no command that asks it")))
            .secret_file(path!("/app/config/config.yaml"), CONFIG.field(field!("config")))
            .scratch(path!("/app/logs")),
    )
    .calls(peers::media::SONARR)
    .calls(peers::media::RADARR)
}
