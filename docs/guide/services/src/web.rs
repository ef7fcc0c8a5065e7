//! The web page: nginx in front of the ledger.

use casemate_dsl::prelude::*;

use crate::site::Site;
use crate::{ledger, namespaces};

identity!(pub Web = "web" in namespaces::SHOP);

/// Pages.
pub const PAGES: Port<Web, Http> = port!(8080);

const IMAGE: Image = image!(
    "docker.io/nginxinc/nginx-unprivileged:1.31.2-alpine@sha256:054e14f543eb688809d59ec2ad1644d1a61678e247c87a318ad605977eb37eaf"
);

/// Declares the web page.
pub fn service(site: &Site) -> Deployment<Web> {
    Deployment::new(
        Web::container(IMAGE)
            .resources(cpu!("5m"), memory!("32Mi"))
            .user(uid!(101))
            .serves(PAGES)
            .probes(Probes::http(PAGES, path!("/health")))
            .config(
                path!("/etc/nginx/conf.d/default.conf"),
                template(include_str!("../config/web.conf")).with("ledger", ledger::API.authority()),
            )
            .scratch(path!("/tmp")),
    )
    .replicas(site.pages)
    .exposed(PAGES, site.zone.host(name!("shop")).for_audience(site.staff))
}
