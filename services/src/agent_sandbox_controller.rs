//! Makes sandboxes: a pod, a claim and a Service for each that somebody asked for.
//!
//! Hardened on its way here: it read and wrote pods, claims, Services and network policies of the whole cluster, without a seccomp
//! profile and without probes. It has its own namespace, and no longer opens networks.

use casemate_dsl::prelude::*;

use crate::namespaces;

/// The controller's identity in the mesh.
pub enum AgentSandboxController {}

impl Workload for AgentSandboxController {
    const NAME: Name = name!("agent-sandbox-controller");
    const NAMESPACE: Namespace = namespaces::AGENT_PLATFORM;
}

/// What it did; it has no other page that says whether it works.
const METRICS: Port<AgentSandboxController, Http> = port!(8080);

const IMAGE: Image = image_awaiting_digest!("registry.k8s.io/agent-sandbox/agent-sandbox-controller:v0.1.1");

/// Declares the controller.
pub fn service() -> StatefulSet<AgentSandboxController> {
    StatefulSet::new(
        AgentSandboxController::container(IMAGE)
            .resources(cpu!("100m"), memory!("128Mi"))
            .memory_limit(memory!("256Mi"))
            .args(["--extensions"])
            .serves(METRICS)
            .probes(Probes::http(METRICS, path!("/metrics")))
            .may(api::own!("agents.x-k8s.io", "sandboxes").manage())
            .may(api::own!("extensions.agents.x-k8s.io", "sandboxclaims").manage())
            .may(api::own!("extensions.agents.x-k8s.io", "sandboxwarmpools").manage())
            .may(api::own!("extensions.agents.x-k8s.io", "sandboxtemplates").manage())
            .may(api::LEASES.manage())
            .may(api::EVENTS.manage()),
    )
}
