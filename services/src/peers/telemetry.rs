//! The collector of telemetry: in the mesh, so that it knows who tells it something, and everybody knows whom he lets read his metrics.
//!
//! It hands on to SigNoz, which is not in the mesh.

use casemate_dsl::prelude::*;

const PODS: Peer = Peer::meshed(
    name!("telemetry"),
    label!("app.kubernetes.io/name", "opentelemetry-collector"),
    name!("opentelemetry-collector"),
);

/// Who watches the homelab.
pub const WATCH: Observability = Observability {
    scraper: PODS.caller(name!("opentelemetry-collector")),
    collector: PODS.port(name!("opentelemetry-collector"), port_number!(4317)),
    collector_http: PODS.port(name!("opentelemetry-collector"), port_number!(4318)),
    access_logs: true,
    proxy_traces: true,
};
