//! The gateway to tools that speak MCP, as its chart runs it.

use casemate_dsl::prelude::*;

const PODS: Peer = Peer::unmeshed(
    name!("mcp"),
    label!("app.kubernetes.io/name", "mcp-context-forge"),
    because!("the chart states no security contexts and runs outside of the mesh"),
);

/// Tools.
pub const GATEWAY: PeerPort<Http> =
    PODS.port(name!("context-forge-gateway-mcp-stack-mcpgateway"), port_number!(80)).at_pod_port(port_number!(4444));
