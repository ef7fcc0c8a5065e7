//! Looks after the cluster and its repository: patrols alerts, tests, documents and pull requests, and hands work to the orchestrator.
//!
//! Hardened on its way here: its role read the whole cluster and nothing of its code used it; its port was taken out of the mesh for
//! a collector, which is a named caller now. The edge to NATS is gone with the variable that nobody read.

use casemate_dsl::prelude::*;

use crate::{agent_orchestrator, images, namespaces, peers};

identity!(pub ClusterAgents = "cluster-agents" in namespaces::CLUSTER_AGENTS);

/// Their health.
pub const API: Port<ClusterAgents, Http> = port!(8080);

const SECRETS: Item = item!("agents", "cluster-agents");

/// Declares the agents.
pub fn service() -> Deployment<ClusterAgents> {
    Deployment::new(
        ClusterAgents::container(images::CLUSTER_AGENTS)
            .resources(cpu!("10m"), memory!("128Mi"))
            .memory_limit(memory!("512Mi"))
            .serves(API)
            .probes(
                Probes::ready(http(API, path!("/health")).after(seconds!(3)))
                    .alive(http(API, path!("/health")).after(seconds!(5)).every(seconds!(30))),
            )
            .env(var!("HTTP_PORT"), 8080)
            .env(var!("SIGNOZ_URL"), peers::signoz::UI.url())
            .env(var!("SIGNOZ_API_KEY"), SECRETS.field(field!("SIGNOZ_API_KEY")))
            .env(var!("GITHUB_TOKEN"), SECRETS.field(field!("GITHUB_TOKEN")))
            .env(var!("ORCHESTRATOR_URL"), agent_orchestrator::API.url())
            .env(var!("GITHUB_REPO"), "example/homelab")
            .env(var!("GITHUB_BRANCH"), "main")
            .env(var!("BOT_AUTHORS"), "renovate[bot],ci[bot]")
            .env(var!("PATROL_INTERVAL"), "168h")
            .env(var!("TEST_COVERAGE_INTERVAL"), "168h")
            .env(var!("README_FRESHNESS_INTERVAL"), "168h")
            .env(var!("RULES_INTERVAL"), "168h")
            .env(var!("PR_FIX_INTERVAL"), "168h")
            .env(var!("PR_FIX_STALE_THRESHOLD"), "1h")
            .scratch(path!("/tmp")),
    )
    .rolling(1, 0)
    .priority(priority_class!("housekeeping"))
    .called_by(API, peers::signoz::HEALTH_CHECK)
    .reaches(External::https(host!("api.github.com")))
}
