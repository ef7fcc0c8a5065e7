//! Devices of the house, which have no identity.

use casemate_dsl::prelude::*;

const GATEWAY_PODS: Peer = Peer::unmeshed(
    name!("envoy-gateway-system"),
    label!("gateway.envoyproxy.io/owning-gateway-name", "lan"),
    because!("it has the address that devices of the house know, and those have no identity"),
);

/// The gateway behind which they call.
pub const GATEWAY: Caller = GATEWAY_PODS.caller(name!("lan-gateway"));
