//! SeaweedFS, as its chart runs it: without authentication and outside of the mesh.

use casemate_dsl::prelude::*;

const S3_PODS: Peer = Peer::unmeshed(
    name!("seaweedfs"),
    label!("app.kubernetes.io/name", "seaweedfs"),
    because!("the chart runs as root outside of the mesh, with authentication off"),
)
.also_labelled(label!("app.kubernetes.io/component", "s3"));

/// Objects, over the S3 protocol.
pub const S3: PeerPort<Http> = S3_PODS.port(name!("seaweedfs-s3"), port_number!(8333));
