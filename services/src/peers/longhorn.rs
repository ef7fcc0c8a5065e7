//! Longhorn's own pages.

use casemate_dsl::prelude::*;

const UI_PODS: Peer = Peer::unmeshed(
    name!("longhorn-system"),
    label!("app", "longhorn-ui"),
    because!("storage has to come up before the mesh does"),
);

/// The user interface.
pub const FRONTEND: PeerPort<Http> =
    UI_PODS.port(name!("longhorn-frontend"), port_number!(80)).at_pod_port(port_number!(8000));
