//! The NATS of the agents, as its chart runs it: without authentication and outside of the mesh.

use casemate_dsl::prelude::*;

const PODS: Peer = Peer::unmeshed(
    name!("agent-nats"),
    label!("app.kubernetes.io/instance", "agent-nats"),
    because!("the chart runs outside of the mesh and asks nobody who he is"),
);

/// Jobs, and what became of them.
pub const CLIENT: PeerPort<Tcp> = PODS.port(name!("agent-nats"), port_number!(4222));
