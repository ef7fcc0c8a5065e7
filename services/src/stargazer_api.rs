//! Serves what the search found: static files from the shared claim.

use casemate_dsl::prelude::*;

use crate::stargazer::DATA;
use crate::{images, namespaces};

identity!(pub StargazerApi = "stargazer-api" in namespaces::STARGAZER);

/// The best places, and all of them.
pub const API: Port<StargazerApi, Http> = port!(8080);

/// Declares the API.
pub fn service() -> Deployment<StargazerApi> {
    Deployment::new(
        StargazerApi::container(images::STARGAZER_API)
            .resources(cpu!("5m"), memory!("32Mi"))
            .user(uid!(101))
            .serves(API)
            .probes(
                Probes::ready(http(API, path!("/health")).after(seconds!(5)))
                    .alive(http(API, path!("/health")).after(seconds!(10)).every(seconds!(30))),
            )
            .config(path!("/etc/nginx/conf.d/default.conf"), include_str!("../config/stargazer-api.conf"))
            .reads(DATA, path!("/data"))
            .scratch(path!("/tmp"))
            .scratch(path!("/var/cache/nginx"))
            .scratch(path!("/var/run")),
    )
    // As the search, whose claim it reads.
    .volume_group(gid!(65532))
}
