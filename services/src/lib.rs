//! The default homelab: its catalogue of services, and the clusters that run them.
//!
//! A service is one file. What it is called in the mesh, which ports others may name and how it is declared stand there, in this
//! order; which version it runs stands in `images.rs`, where Renovate edits it.

pub mod apps;
pub mod cottage;
pub mod homelab;
mod images;
pub mod namespaces;
pub mod peers;
pub mod platform;
pub mod site;

pub mod agent_orchestrator;
pub mod agent_sandbox_controller;
pub mod api_gateway;
pub mod cluster_agents;
pub mod dashboards;
pub mod inference;
pub mod inference_embeddings;
pub mod marine_api;
pub mod marine_frontend;
pub mod marine_ingest;
pub mod model_cache_operator;
pub mod monolith;
pub mod searxng;
pub mod stargazer;
pub mod stargazer_api;
pub mod trips_api;
pub mod trips_imgproxy;
pub mod trips_nginx;

use casemate_dsl::prelude::*;
pub use site::Site;

/// All services that there are: the homelab runs each of them, the cottage some.
pub fn catalogue(cluster: Cluster, site: &Site) -> Cluster {
    let cluster = cluster
        .runs(trips_nginx::service(site))
        .runs(trips_api::service(site))
        .runs(trips_imgproxy::service(site))
        .runs(stargazer::service())
        .runs(stargazer_api::service())
        .runs(agent_orchestrator::service(site))
        .runs(agent_sandbox_controller::service())
        .runs(api_gateway::service(site))
        .runs(cluster_agents::service())
        .runs(dashboards::service())
        .runs(inference::service())
        .runs(inference_embeddings::service())
        .runs(marine_api::service(site))
        .runs(marine_frontend::service(site))
        .runs(marine_ingest::service())
        .runs(model_cache_operator::service())
        .runs(monolith::service(site))
        .runs(searxng::service());
    apps::catalogue(cluster, site)
}
