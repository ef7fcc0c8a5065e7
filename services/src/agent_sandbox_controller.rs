//! Makes sandboxes: a pod, a claim and a Service for each that somebody asked for.
//!
//! Hardened on its way here: it read and wrote pods, claims, Services and network policies of the whole cluster, without a seccomp
//! profile and without probes. It has a namespace of its own, and no longer opens networks: what a sandbox may reach is declared.
//!
//! Others ask it for sandboxes by its own custom resources, which it offers them in its namespace, and in no other way.
//!
//! Not carried over: claims of volumes.

use casemate_dsl::prelude::*;

use crate::{images, namespaces, peers};

identity!(pub AgentSandboxController = "agent-sandbox-controller" in namespaces::AGENT_SANDBOXES);

identity!(pub GooseAgent = "goose-agent" in namespaces::AGENT_SANDBOXES);

/// Takes a job, and tells how it goes.
pub const RUNNER: Port<GooseAgent, Http> = port!(8081);

/// A request for a sandbox, which is there for as long as the request.
pub const CLAIMS: api::Offered<AgentSandboxController> = OWN_CLAIMS.offered();

/// What became of the sandboxes.
pub const SANDBOXES: api::Offered<AgentSandboxController> = OWN_SANDBOXES.offered();

const OWN_CLAIMS: api::Own = api::own!("extensions.agents.x-k8s.io", "sandboxclaims");
const OWN_SANDBOXES: api::Own = api::own!("agents.x-k8s.io", "sandboxes");

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
            .may(OWN_SANDBOXES.manage())
            .may(OWN_CLAIMS.manage())
            .may(api::own!("extensions.agents.x-k8s.io", "sandboxwarmpools").manage())
            .may(api::own!("extensions.agents.x-k8s.io", "sandboxtemplates").manage())
            .may(api::PODS.run(because!("each sandbox is a pod")))
            .may(api::LEASES.manage())
            .may(api::EVENTS.manage()),
    )
    .creates(agents)
    .offers(CLAIMS)
    .offers(SANDBOXES)
}
