//! SigNoz, which watches the cluster.

use casemate_dsl::prelude::*;

const PODS: Peer = Peer::unmeshed(
    name!("signoz"),
    label!("app.kubernetes.io/component", "signoz"),
    because!("the charts of SigNoz run outside of the mesh"),
);

/// The user interface.
pub const UI: PeerPort<Http> = PODS.port(name!("signoz"), port_number!(8080));
