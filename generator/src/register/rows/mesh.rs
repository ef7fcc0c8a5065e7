//! Layer 2: Service Mesh.

use crate::model::Clause;
use crate::register::field::Field;
use crate::register::outside::{DATABASES, MESH_WORKS, WATCHERS};
use crate::register::row::Row;

pub(in crate::register) const ROWS: &[Row] = &[
    Row {
        clause: Clause::MutualTls,
        met: "Every pod of a service has the mesh's proxy, and no word leaves it out. Connections to what others run without the mesh have no mutual TLS: \
              each says why, and all are in the list of [unmeshed edges](#unmeshed-edges).",
        words: &[".calls(..)", "Peer::meshed(..)", "Peer::unmeshed(..)"],
        refused: &[
            "never_unmeshed",
            "never_skipped_port",
            "never_annotation",
            "user_of_the_proxy",
            "port_of_the_proxy",
        ],
        fields: &[Field::Injected, Field::ProxyDigest, Field::User],
        made_by: &[],
        outside: &[MESH_WORKS],
    },
    Row {
        clause: Clause::TrafficEncryption,
        met: "Between services every connection is TLS from proxy to proxy, and a proxy answers nobody whom no policy names. UDP passes the mesh by, as \
              every question to DNS does: whatever else has no mTLS is in the list of [unmeshed edges](#unmeshed-edges).",
        words: &[".calls(..)", ".serves(..)"],
        refused: &["never_unmeshed", "never_skipped_port", "never_annotation"],
        fields: &[Field::Injected, Field::DeniedByDefault],
        made_by: &[],
        outside: &[MESH_WORKS, DATABASES],
    },
    Row {
        clause: Clause::ServiceAuthentication,
        met: "A call is declared once, and lets in that caller's account and nobody else. Each service has an account of its own, which is its identity in the mesh.",
        words: &["identity!", ".calls(..)", ".called_by(..)"],
        refused: &[
            "never_unauthenticated",
            "never_service_account",
            "port_of_another_service",
            "call_of_a_text",
            "call_of_a_number",
            "called_by_a_service",
            "border_own_port_of_another_service",
        ],
        fields: &[Field::ServerDenies, Field::CallersAreNamed, Field::DeniedByDefault, Field::OwnAccount],
        made_by: &[],
        outside: &[MESH_WORKS],
    },
    Row {
        clause: Clause::ObservabilityAndTracing,
        met: "Who watches is declared once for a cluster: one scraper may read the proxies' metrics, proxies log requests and send spans where that is said. \
              Without that declaration nobody is let in to watch.",
        words: &["Cluster::observed(..)", ".metrics(..)"],
        refused: &["metrics_of_another_service", "metrics_over_tcp"],
        fields: &[Field::ProxyMetrics, Field::AccessLog, Field::ProxyTraces],
        made_by: &[],
        outside: &[WATCHERS],
    },
];
