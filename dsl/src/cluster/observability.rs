//! Observability: who collects what services and the mesh's proxies tell.

use crate::peer::{Caller, PeerPort};
use crate::port::{Grpc, Http};

/// Who watches a cluster (security model, layer 2: *Network observability and tracing*).
///
/// The scraper reads the metrics of every proxy, and of the ports that services name with
/// [`metrics`](crate::Container::metrics). The collector takes what services send that say
/// [`sends_telemetry`](crate::Container::sends_telemetry), and the traces of the proxies.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const PROMETHEUS: Peer = Peer::meshed(
///     name!("monitoring"),
///     label!("app.kubernetes.io/name", "prometheus"),
///     name!("prometheus"),
/// );
/// const COLLECTOR: Peer = Peer::meshed(
///     name!("telemetry"),
///     label!("app.kubernetes.io/name", "opentelemetry-collector"),
///     name!("collector"),
/// );
///
/// const WATCHED: Observability = Observability {
///     scraper: PROMETHEUS.caller(name!("prometheus")),
///     collector: COLLECTOR.port(name!("collector"), port_number!(4317)),
///     collector_http: COLLECTOR.port(name!("collector"), port_number!(4318)),
///     access_logs: true,
///     proxy_traces: true,
/// };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Observability {
    /// Reads metrics.
    pub scraper: Caller,
    /// Takes traces, metrics and logs: OTLP over gRPC.
    pub collector: PeerPort<Grpc>,
    /// Takes the same over HTTP.
    pub collector_http: PeerPort<Http>,
    /// Whether each proxy logs each request, as a line of JSON. Addresses of pages stand in them, with what is in their queries.
    pub access_logs: bool,
    /// Whether each proxy sends a span of each request that is traced to the collector, which has to be in the mesh: proxies
    /// tell nobody else (Linkerd, *Distributed tracing*).
    pub proxy_traces: bool,
}

/// How a container sends its telemetry to the cluster's collector, as OTLP (OpenTelemetry, *OTLP exporter configuration*).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Otlp {
    /// Over gRPC.
    Grpc,
    /// Over HTTP, as protobuf.
    Http,
}
