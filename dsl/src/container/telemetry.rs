//! What a container tells about itself: metrics that are read, telemetry that it sends.

use super::Container;
use crate::cluster::Otlp;
use crate::identity::Workload;
use crate::port::{OwnPort, SpeaksHttp};
use crate::said::Said;
use crate::seal::Seal;
use crate::view;
use crate::word::Path;

impl<W: Workload, R, P> Container<W, R, P> {
    /// Serves metrics at `path` of this port, in Prometheus' format.
    ///
    /// Where the cluster has a [scraper](crate::Observability), that one may call the port, and the pod says in annotations where its
    /// metrics are; elsewhere it means nothing. One container of a service says so, once. Who may call a port may call all of it: a
    /// scraper outside of the mesh, which proves no identity, gets a port of its own, or `resolve` refuses it.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// # identity!(pub Ledger = "ledger" in namespace!("payments"));
    /// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
    /// const METRICS: Port<Ledger, Http> = port!(9090);
    ///
    /// let container = Ledger::container(IMAGE).serves(METRICS).metrics(METRICS, path!("/metrics"));
    /// ```
    ///
    /// ```compile_fail,E0277
    /// # use casemate_dsl::prelude::*;
    /// # identity!(pub Ledger = "ledger" in namespace!("payments"));
    /// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
    /// const METRICS: Port<Ledger, Tcp> = port!(9090);
    ///
    /// let container = Ledger::container(IMAGE).serves(METRICS).metrics(METRICS, path!("/metrics"));
    /// ```
    #[track_caller]
    pub fn metrics<T: OwnPort<W>>(mut self, port: T, path: Path) -> Self
    where
        T::Speaks: SpeaksHttp,
    {
        self.said.metrics.push(Said::here(view::Metrics { port: port.view(), path, seal: Seal::new() }));
        self
    }

    /// Sends its telemetry to the cluster's collector.
    ///
    /// Where the cluster has [one](crate::Observability), the container gets the variables that OpenTelemetry reads
    /// (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_PROTOCOL`, `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`), and its
    /// service may call the collector; elsewhere it means nothing.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// # identity!(pub Ledger = "ledger" in namespace!("payments"));
    /// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
    /// let container = Ledger::container(IMAGE).sends_telemetry(Otlp::Grpc);
    /// ```
    #[track_caller]
    pub fn sends_telemetry(mut self, otlp: Otlp) -> Self {
        self.said.telemetry.say(otlp);
        self
    }
}
