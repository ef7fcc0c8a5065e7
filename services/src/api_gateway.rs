//! The public API: a summary of the cluster, and the way to trips and stars.
//!
//! Hardened on its way here: the names of all pods were published to the internet, counts are now; the token of the collector was
//! mounted into nginx, too.

use casemate_dsl::prelude::*;

use crate::{Site, images, namespaces, peers, stargazer_api, trips_nginx};

identity!(pub ApiGateway = "api-gateway" in namespaces::API_GATEWAY);

/// Everything under one hostname.
pub const WEB: Port<ApiGateway, Http> = port!(8080);

/// What the collector finds and nginx serves.
const DATA: Scratch = Scratch::disk(name!("data"), memory!("16Mi"));

/// Declares the gateway.
pub fn service(site: &Site) -> Deployment<ApiGateway> {
    Deployment::new(
        ApiGateway::container(images::NGINX)
            .resources(cpu!("100m"), memory!("48Mi"))
            .serves(WEB)
            .probes(
                Probes::ready(http(WEB, path!("/health")).after(seconds!(2)).every(seconds!(5)))
                    .alive(http(WEB, path!("/health")).after(seconds!(5))),
            )
            .config(
                path!("/etc/nginx/nginx.conf"),
                template(include_str!("../config/api-gateway.conf"))
                    .with("trips", trips_nginx::WEB.authority())
                    .with("stargazer", stargazer_api::API.authority())
                    .with("origins", format!("https://{zone}", zone = site.zone)),
            )
            .reads(DATA, path!("/data"))
            .scratch(path!("/tmp")),
    )
    .init_container(collects(ApiGateway::container_named(name!("init-collector"), images::KUBECTL)).args(["once"]))
    .container(
        collects(ApiGateway::container_named(name!("collector"), images::KUBECTL)).probes(Probes::only_alive(exec([
            "sh",
            "-c",
            "test -n \"$(find /data/cluster.json -mmin -5)\"",
        ]))),
    )
    .exposed(
        WEB,
        site.zone
            .host(name!("api"))
            .public(because!("read-only data for pages that anybody can open"))
            .keep_alive_connections(100)
            .keep_alive_timeout(seconds!(90))
            .tcp_keep_alive(seconds!(30)),
    )
}

/// Asks the cluster how it is, every thirty seconds or once.
fn collects(container: Container<ApiGateway>) -> EndingContainer<ApiGateway> {
    let reason = because!("the summary counts what runs in the whole cluster");
    container
        .resources(cpu!("50m"), memory!("256Mi"))
        .command(["/scripts/collect.sh"])
        .env(var!("DCGM_URL"), peers::gpu_operator::DCGM.url().at(path!("/metrics")))
        .config(path!("/scripts/collect.sh"), executable(include_str!("../config/api-gateway-collect.sh")))
        .mounts(DATA, path!("/data"))
        .scratch(path!("/tmp"))
        .may(api::NODES.read_everywhere(reason))
        .may(api::PODS.read_everywhere(reason))
        .may(api::NODE_METRICS.read_everywhere(reason))
        .may(api::custom!("argoproj.io", "applications").read_everywhere(reason))
}
