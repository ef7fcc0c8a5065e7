//! NATS, as its chart runs it: without authentication and outside of the mesh.

use casemate_dsl::prelude::*;

const PODS: Peer = Peer::unmeshed(
    name!("nats"),
    label!("app.kubernetes.io/name", "nats"),
    because!("the chart runs outside of the mesh and asks nobody who he is"),
);

/// Streams and messages.
pub const CLIENT: PeerPort<Tcp> = PODS.port(name!("nats"), port_number!(4222));
