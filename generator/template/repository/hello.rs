//! Says hello to those who may see it: a first service, to try things with and then to remove.

use casemate_dsl::prelude::*;

use crate::namespaces;
use crate::site::Site;

identity!(pub Hello = "hello" in namespaces::HELLO);

/// The page.
pub const WEB: Port<Hello, Http> = port!(8080);

/// Who may log in, as nginx reads it: the item `hello-login` in the cluster's vault of 1Password.
const LOGIN: Item = item!("hello-login");

const IMAGE: Image = image!(
    "docker.io/nginxinc/nginx-unprivileged:1.31.2-alpine@sha256:054e14f543eb688809d59ec2ad1644d1a61678e247c87a318ad605977eb37eaf"
);

/// Declares the service.
pub fn service(site: &Site) -> Deployment<Hello> {
    Deployment::new(
        Hello::container(IMAGE)
            .resources(cpu!("5m"), memory!("32Mi"))
            .user(uid!(101))
            .serves(WEB)
            .probes(Probes::ready(http(WEB, path!("/health"))).alive(http(WEB, path!("/health")).after(seconds!(10))))
            .config(path!("/etc/nginx/conf.d/default.conf"), include_str!("../config/hello.conf"))
            .secret_file(path!("/etc/nginx/login"), LOGIN.field(field!("htpasswd")))
            .scratch(path!("/tmp")),
    )
    .exposed(WEB, site.zone.host(name!("hello")).for_audience(site.staff))
}
