//! What NVIDIA's operator runs on nodes with a GPU.

use casemate_dsl::prelude::*;

const EXPORTER_PODS: Peer = Peer::unmeshed(
    name!("gpu-operator"),
    label!("app", "nvidia-dcgm-exporter"),
    because!("the operator starts it on the nodes, outside of the mesh"),
);

/// How busy the GPUs are.
pub const DCGM: PeerPort<Http> = EXPORTER_PODS.port(name!("nvidia-dcgm-exporter"), port_number!(9400));
