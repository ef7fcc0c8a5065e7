//! What runs in the cluster and is no service of ours.

use casemate_dsl::prelude::*;

const NATS_PODS: Peer = Peer::unmeshed(
    name!("nats"),
    label!("app.kubernetes.io/name", "nats"),
    because!("the chart runs outside of the mesh and asks nobody who he is"),
);

/// Streams and messages.
pub const NATS: PeerPort<Tcp> = NATS_PODS.port(name!("nats"), port_number!(4222));
