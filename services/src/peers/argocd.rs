//! Argo CD's own pages.

use casemate_dsl::prelude::*;

const SERVER_PODS: Peer = Peer::unmeshed(
    name!("argocd"),
    label!("app.kubernetes.io/name", "argocd-server"),
    because!("Argo CD deploys the mesh and has to work without it"),
);

/// The user interface and API.
pub const SERVER: PeerPort<Http> =
    SERVER_PODS.port(name!("argocd-server"), port_number!(80)).at_pod_port(port_number!(8080));
