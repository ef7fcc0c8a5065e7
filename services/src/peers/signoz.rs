//! SigNoz, which watches the cluster.

use casemate_dsl::prelude::*;

const PODS: Peer = Peer::unmeshed(
    name!("signoz"),
    label!("app.kubernetes.io/component", "signoz"),
    because!("the charts of SigNoz run outside of the mesh"),
);

/// The user interface.
pub const UI: PeerPort<Http> = PODS.port(name!("signoz"), port_number!(8080));

const AGENT_PODS: Peer = Peer::unmeshed(
    name!("signoz"),
    label!("app.kubernetes.io/component", "otel-agent"),
    because!("the charts of SigNoz run outside of the mesh"),
);

/// Traces, over HTTP.
pub const OTLP_HTTP: PeerPort<Http> = AGENT_PODS.port(name!("signoz-k8s-infra-otel-agent"), port_number!(4318));

const CLICKHOUSE_PODS: Peer = Peer::unmeshed(
    name!("signoz"),
    label!("clickhouse.altinity.com/chi", "signoz-clickhouse"),
    because!("the charts of SigNoz run outside of the mesh"),
);

/// What was measured, over HTTP.
pub const CLICKHOUSE: PeerPort<Http> =
    CLICKHOUSE_PODS.port(name!("chi-signoz-clickhouse-cluster-0-0"), port_number!(8123));

const DEPLOYMENT_PODS: Peer = Peer::unmeshed(
    name!("signoz"),
    label!("app.kubernetes.io/component", "otel-deployment"),
    because!("the charts of SigNoz run outside of the mesh"),
);

/// Asks services for their health.
pub const HEALTH_CHECK: Caller = DEPLOYMENT_PODS.caller(name!("otel-deployment"));

const COLLECTOR_PODS: Peer = Peer::unmeshed(
    name!("signoz"),
    label!("app.kubernetes.io/component", "otel-collector"),
    because!("the charts of SigNoz run outside of the mesh"),
);

/// Traces of what is not instrumented by itself, over HTTP.
pub const OTLP_COLLECTOR: PeerPort<Http> = COLLECTOR_PODS.port(name!("signoz-otel-collector"), port_number!(4318));
