//! Mail of the household: what sends it, and what keeps it.

use casemate_dsl::prelude::*;

const RELAY_PODS: Peer = Peer::unmeshed(
    name!("smtp-relay"),
    label!("app.kubernetes.io/name", "maddy"),
    because!("the relay also takes mail from devices of the house"),
);

/// Takes mail without asking who sends it, and hands it to the provider.
pub const RELAY: PeerPort<Tcp> = RELAY_PODS.port(name!("smtp-relay"), port_number!(25));

const ARCHIVE_PODS: Peer = Peer::unmeshed(
    name!("mail-archive"),
    label!("app.kubernetes.io/name", "mail-archive"),
    because!("dovecot starts as root and changes its user for each mailbox"),
);

/// The archive's IMAP server, which is dovecot.
pub const ARCHIVE: PeerPort<Tcp> = ARCHIVE_PODS.port(name!("dovecot"), port_number!(143));
