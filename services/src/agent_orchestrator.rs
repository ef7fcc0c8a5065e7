//! Gives coding jobs to agents: keeps their queue in NATS, asks for a sandbox for each, and speaks to it over HTTP.
//!
//! Hardened on its way here: anybody behind the tunnel could start jobs without proving who he is, and its role let it run commands in
//! every pod of its namespace, which its code never did. It asks for sandboxes where they run, as their controller offers it.
//!
//! Not carried over: reading the pods of sandboxes, which are no custom resource of their controller; how a sandbox fares, it tells.

use casemate_dsl::prelude::*;

use crate::{Site, agent_sandbox_controller, images, inference, namespaces, peers};

identity!(pub AgentOrchestrator = "agent-orchestrator" in namespaces::AGENT_PLATFORM);

/// Jobs, and the page that shows them.
pub const API: Port<AgentOrchestrator, Http> = port!(8080);

/// Declares the orchestrator.
pub fn service(site: &Site) -> Deployment<AgentOrchestrator> {
    let health = || http(API, path!("/health"));
    Deployment::new(
        AgentOrchestrator::container(images::AGENT_ORCHESTRATOR)
            .resources(cpu!("10m"), memory!("64Mi"))
            .memory_limit(memory!("128Mi"))
            .serves(API)
            .probes(Probes::ready(health().after(seconds!(3))).alive(health().after(seconds!(5)).every(seconds!(30))))
            .env(var!("HTTP_PORT"), 8080)
            .env(var!("NATS_URL"), peers::agent_nats::CLIENT.url_as(scheme!("nats")))
            .env(var!("SANDBOX_NAMESPACE"), "agent-sandboxes")
            .env(var!("SANDBOX_TEMPLATE"), "goose-agent")
            .env(var!("INFERENCE_URL"), inference::API.url())
            .env(var!("INFERENCE_MODEL"), inference::MODEL_NAME)
            .env(var!("MAX_RETRIES"), 2)
            .env(var!("MAX_CONCURRENT"), 5)
            .env(var!("JOB_INACTIVITY_TIMEOUT"), "30m")
            .env(var!("JOB_MAX_DURATION"), "168h")
            .env(var!("RECONCILE_INTERVAL"), "60s")
            .may(agent_sandbox_controller::CLAIMS.manage())
            .may(agent_sandbox_controller::SANDBOXES.read()),
    )
    .recreate()
    .calls(agent_sandbox_controller::RUNNER)
    .exposed(API, site.zone.host(name!("agents")).for_audience(site.agents))
}
