//! Serves what the search found: static files from the shared claim.

use casemate_dsl::prelude::*;

use crate::namespaces;
use crate::stargazer::DATA;

/// The API's identity in the mesh.
pub enum StargazerApi {}

impl Workload for StargazerApi {
    const NAME: Name = name!("stargazer-api");
    const NAMESPACE: Namespace = namespaces::STARGAZER;
}

/// The best places, and all of them.
pub const API: Port<StargazerApi, Http> = port!(8080);

const IMAGE: Image = image!(
    "docker.io/nginxinc/nginx-unprivileged:1.31.2-alpine@sha256:054e14f543eb688809d59ec2ad1644d1a61678e247c87a318ad605977eb37eaf"
);

/// Declares the API.
pub fn service() -> Deployment<StargazerApi> {
    Deployment::new(
        StargazerApi::container(IMAGE)
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
}
