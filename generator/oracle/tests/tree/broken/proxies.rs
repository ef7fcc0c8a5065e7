//! What proxies and services tell those who watch.

use serde_json::json;

use crate::breach::{Twin, copy, drop, remove, set};

pub(crate) fn twins() -> Vec<Twin> {
    const SERVER: &str = "Server payments/proxy-metrics";
    const AUTHORIZATION: &str = "AuthorizationPolicy payments/proxy-metrics";
    const IDENTITY: &str = "MeshTLSAuthentication payments/proxy-metrics";
    const METRICS: &str = "NetworkPolicy payments/proxy-metrics";
    const TRACES: &str = "NetworkPolicy payments/proxy-traces";
    const LEDGER: &str = "Deployment payments/ledger";
    vec![
        drop(SERVER, "proxies-authorized"),
        copy(SERVER, "again", "proxies-authorized"),
        set(SERVER, "/spec/port", json!(4190), "proxies-authorized"),
        set(SERVER, "/spec/podSelector/matchLabels/linkerd.io~1control-plane-ns", json!("other"), "proxies-authorized"),
        set(SERVER, "/spec/accessPolicy", json!("all-unauthenticated"), "value"),
        set(SERVER, "/spec/podSelector", json!({}), "empty"),
        drop(AUTHORIZATION, "proxies-authorized"),
        copy(AUTHORIZATION, "again", "proxies-authorized"),
        set(
            IDENTITY,
            "/spec/identityRefs/0",
            json!({"kind": "ServiceAccount", "name": "storefront", "namespace": "shop"}),
            "proxies-authorized",
        ),
        set(
            IDENTITY,
            "/spec/identityRefs/-",
            json!({"kind": "ServiceAccount", "name": "storefront", "namespace": "shop"}),
            "proxies-authorized",
        ),
        drop(METRICS, "proxies-watched"),
        set(METRICS, "/spec/ingress/0/ports/-", json!({"protocol": "TCP", "port": 4190}), "proxies-watched"),
        set(
            METRICS,
            "/spec/ingress/0/from/0/podSelector/matchLabels/app.kubernetes.io~1name",
            json!("grafana"),
            "proxies-watched",
        ),
        set(METRICS, "/spec/podSelector/matchLabels/linkerd.io~1control-plane-ns", json!("other"), "proxies-watched"),
        drop(TRACES, "proxies-watched"),
        set(TRACES, "/spec/egress/0/ports/0/port", json!(4318), "proxies-watched"),
        set(
            TRACES,
            "/spec/egress/0/to/0/podSelector/matchLabels/app.kubernetes.io~1name",
            json!("grafana"),
            "proxies-watched",
        ),
        set(LEDGER, "/spec/template/metadata/annotations/prometheus.io~1port", json!("9999"), "scraped-port"),
        set(LEDGER, "/spec/template/metadata/annotations/prometheus.io~1port", json!("metrics"), "value"),
        set(LEDGER, "/spec/template/metadata/annotations/prometheus.io~1scrape", json!("yes"), "value"),
        set(LEDGER, "/spec/template/metadata/annotations/config.linkerd.io~1access-log", json!("apache"), "value"),
        remove(LEDGER, "/spec/template/metadata/annotations/prometheus.io~1path", "scraped-port"),
        drop("AuthorizationPolicy payments/ledger-8080-from-monitoring.prometheus", "scraped-port"),
    ]
}
