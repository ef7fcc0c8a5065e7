//! What fetches films and series for the household.

use casemate_dsl::prelude::*;

const SONARR_PODS: Peer = Peer::unmeshed(
    name!("downloads"),
    label!("app.kubernetes.io/name", "sonarr"),
    because!("its image starts as root, which no meshed namespace of ours takes"),
);

/// Series.
pub const SONARR: PeerPort<Http> = SONARR_PODS.port(name!("sonarr"), port_number!(8989));

const RADARR_PODS: Peer = Peer::unmeshed(
    name!("downloads"),
    label!("app.kubernetes.io/name", "radarr"),
    because!("its image starts as root, which no meshed namespace of ours takes"),
);

/// Films.
pub const RADARR: PeerPort<Http> = RADARR_PODS.port(name!("radarr"), port_number!(7878));
