//! What the applications talk to, or are called by, and others run.

use casemate_dsl::prelude::*;

const RELAY_PODS: Peer = Peer::unmeshed(
    name!("smtp-relay"),
    label!("app.kubernetes.io/name", "maddy"),
    because!("the relay also takes mail from devices of the house"),
);

/// Takes mail without asking who sends it, and hands it to the provider.
pub const RELAY: PeerPort<Tcp> = RELAY_PODS.port(name!("smtp-relay"), port_number!(25));

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

const ARCHIVE_PODS: Peer = Peer::unmeshed(
    name!("mail-archive"),
    label!("app.kubernetes.io/name", "mail-archive"),
    because!("dovecot starts as root and changes its user for each mailbox"),
);

/// The archive's IMAP server.
pub const DOVECOT: PeerPort<Tcp> = ARCHIVE_PODS.port(name!("dovecot"), port_number!(143));

const LAN_GATEWAY_PODS: Peer = Peer::unmeshed(
    name!("envoy-gateway-system"),
    label!("gateway.envoyproxy.io/owning-gateway-name", "lan"),
    because!("it has the address that devices of the house know, and those have no identity"),
);

/// The gateway behind which devices of the house call.
pub const LAN: Caller = LAN_GATEWAY_PODS.caller(name!("lan-gateway"));
