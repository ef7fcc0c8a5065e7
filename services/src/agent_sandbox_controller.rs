//! Makes sandboxes: a pod, a claim and a Service for each that somebody asked for.
//!
//! Hardened on its way here: it read and wrote pods, claims, Services and network policies of the whole cluster, without a seccomp
//! profile and without probes. It has a namespace of its own, and no longer opens networks: what a sandbox may reach is declared.
//!
//! Not carried over: claims of volumes, and sandboxes that are asked for from another namespace; no service has rights in its
//! neighbour's.

use casemate_dsl::prelude::*;

use crate::{images, namespaces, peers};

identity!(pub AgentSandboxController = "agent-sandbox-controller" in namespaces::AGENT_SANDBOXES);

identity!(pub GooseAgent = "goose-agent" in namespaces::AGENT_SANDBOXES);

/// Takes a job, and tells how it goes.
pub const RUNNER: Port<GooseAgent, Http> = port!(8081);

/// What it did; it has no other page that says whether it works.
const METRICS: Port<AgentSandboxController, Http> = port!(8080);

/// Declares the controller, and the agents for which it makes sandboxes.
pub fn service() -> StatefulSet<AgentSandboxController> {
    let agents = RuntimePods::of::<GooseAgent>()
        .serves(RUNNER)
        .calls(peers::context_forge::GATEWAY)
        .calls(peers::signoz::OTLP_COLLECTOR)
        .reaches(External::https(host!("github.com")))
        .reaches(External::https(host!("api.anthropic.com")));
    StatefulSet::new(
        AgentSandboxController::container(images::AGENT_SANDBOX_CONTROLLER)
            .resources(cpu!("100m"), memory!("128Mi"))
            .memory_limit(memory!("256Mi"))
            .args(["--extensions"])
            .serves(METRICS)
            .metrics(METRICS, path!("/metrics"))
            .probes(Probes::http(METRICS, path!("/metrics")))
            .may(api::own!("agents.x-k8s.io", "sandboxes").manage())
            .may(api::own!("extensions.agents.x-k8s.io", "sandboxclaims").manage())
            .may(api::own!("extensions.agents.x-k8s.io", "sandboxwarmpools").manage())
            .may(api::own!("extensions.agents.x-k8s.io", "sandboxtemplates").manage())
            .may(api::PODS.run(because!("each sandbox is a pod")))
            .may(api::LEASES.manage())
            .may(api::EVENTS.manage()),
    )
    .creates(agents)
}
