//! NetworkPolicies: too much, too little, at one end only.

use serde_json::json;

use crate::breach::{Twin, copy, drop, remove, set};

pub(crate) fn twins() -> Vec<Twin> {
    const OWN: &str = "NetworkPolicy shop/storefront";
    const OUT: &str = "NetworkPolicy shop/storefront-to-payments.ledger";
    const IN: &str = "NetworkPolicy payments/ledger-from-shop.storefront";
    const OUTSIDE: &str = "NetworkPolicy shop/storefront-to-outside";
    const DENY: &str = "NetworkPolicy shop/default-deny";
    const TLS: &str = "TLSRoute shop/egress-tls-443-api-github-com";
    const TCP: &str = "TCPRoute payments/egress-tcp-587";
    const HTTP: &str = "HTTPRoute payments/egress-http-80-archive-example-com";
    vec![
        drop(DENY, "default-deny"),
        set(DENY, "/spec/policyTypes", json!(["Ingress"]), "default-deny"),
        copy(DENY, "again", "default-deny"),
        drop("NetworkPolicy shop/dns", "dns-policy"),
        set("NetworkPolicy shop/dns", "/spec/egress/0/ports/-", json!({"protocol": "TCP", "port": 443}), "dns-policy"),
        set("NetworkPolicy shop/dns", "/spec/egress/0/to/1/ipBlock/cidr", json!("10.0.0.0/8"), "dns-policy"),
        drop("NetworkPolicy shop/linkerd", "linkerd-policy"),
        set("NetworkPolicy shop/linkerd", "/spec/egress/0/ports/0/port", json!(22), "linkerd-policy"),
        set(OUT, "/spec/podSelector", json!({}), "namespace-wide-policy"),
        set("NetworkPolicy shop/linkerd", "/spec/egress/0/ports/0/port", json!(22), "namespace-wide-policy"),
        drop("EgressNetwork shop/egress", "egress-network"),
        copy("EgressNetwork shop/egress", "another", "egress-network"),
        set("EgressNetwork shop/egress", "/spec/trafficPolicy", json!("Allow"), "value"),
        set("EgressNetwork shop/egress", "/spec/networks", json!([]), "unknown-path"),
        drop(OWN, "isolation"),
        set(OWN, "/spec/policyTypes", json!(["Egress"]), "isolation"),
        copy(OWN, "again", "isolation"),
        set(OWN, "/spec/podSelector/matchLabels/app.kubernetes.io~1name", json!("report"), "isolation"),
        set(OUT, "/spec/podSelector/matchLabels/app.kubernetes.io~1name", json!("nobody"), "policy-selects-one"),
        set(OUT, "/spec/policyTypes", json!(["Ingress"]), "policy-types"),
        set(OUT, "/spec/policyTypes", json!(["Egress", "Ingress"]), "policy-types"),
        remove(OUT, "/spec/egress", "policy-types"),
        remove(OUT, "/spec/policyTypes", "missing-path"),
        remove(OUT, "/spec/egress/0/to/0/podSelector", "edge-names-pods"),
        remove(OUT, "/spec/egress/0/to", "missing-path"),
        set(OUT, "/spec/egress/0/to", json!([]), "empty"),
        remove(IN, "/spec/ingress/0/ports", "missing-path"),
        set(IN, "/spec/ingress/0/from/0/namespaceSelector", json!({}), "empty"),
        set(
            OUT,
            "/spec/egress/0/to",
            json!([{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "payments"}}},
                {"podSelector": {"matchLabels": {"app.kubernetes.io/name": "ledger"}}}]),
            "choice",
        ),
        set(
            OUT,
            "/spec/egress/0/to/0/podSelector/matchLabels",
            json!({"app.kubernetes.io/part-of": "payments"}),
            "edge-one-peer",
        ),
        set(
            OUT,
            "/spec/egress/0/to/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name",
            json!("elsewhere"),
            "edge-one-peer",
        ),
        set(
            "NetworkPolicy shop/storefront-to-data.database",
            "/spec/egress/0/ports/0/port",
            json!(5433),
            "edge-one-peer",
        ),
        set(
            "NetworkPolicy payments/ledger-from-monitoring.prometheus",
            "/spec/ingress/0/ports/0/port",
            json!(8080),
            "edge-one-peer",
        ),
        set(OUT, "/spec/egress/0/ports/0/port", json!(8080), "edge-port"),
        set(IN, "/spec/ingress/0/ports/-", json!({"protocol": "TCP", "port": 8080}), "edge-port"),
        set(OUT, "/spec/egress/0/ports/0/protocol", json!("UDP"), "edge-port"),
        drop(OUT, "edge-twin"),
        drop(IN, "edge-twin"),
        set(IN, "/spec/ingress/0/from", json!([{"ipBlock": {"cidr": "10.0.0.0/8"}}]), "ingress-block"),
        set(OUTSIDE, "/spec/egress/0/to/0/ipBlock/cidr", json!("::/0"), "value"),
        remove(OUTSIDE, "/spec/egress/0/to/0/ipBlock/except", "private-block"),
        remove(OUTSIDE, "/spec/egress/0/to/0/ipBlock/except/4", "private-block"),
        set(OUTSIDE, "/spec/egress/0/to/0/ipBlock", json!({"cidr": "192.168.1.10/32"}), "private-block"),
        set("NetworkPolicy payments/ledger-to-apiserver", "/spec/egress/0/ports/0/port", json!(22), "private-block"),
        set(OUTSIDE, "/spec/egress/0/ports/-", json!({"protocol": "TCP", "port": 22}), "route-for-port"),
        drop(TLS, "route-for-port"),
        drop(OUTSIDE, "route-used"),
        set(TLS, "/spec/parentRefs/0/port", json!(8443), "route-used"),
        set(TLS, "/spec/parentRefs/0/name", json!("other"), "route-network"),
        set(TLS, "/spec/parentRefs/0/namespace", json!("payments"), "route-network"),
        set(TLS, "/spec/rules/0/backendRefs/0/namespace", json!("payments"), "route-network"),
        set(TLS, "/spec/rules/0/backendRefs/0/kind", json!("Service"), "value"),
        remove(TLS, "/spec/parentRefs/0/port", "missing-path"),
        remove(TLS, "/spec/hostnames", "missing-path"),
        set(TLS, "/spec/hostnames/0", json!("*"), "value"),
        set(TLS, "/spec/hostnames/0", json!("API.github.com"), "value"),
        set(TLS, "/spec/hostnames/0", json!("140.82.121.6"), "value"),
        set(HTTP, "/spec/parentRefs/0/port", json!(587), "route-one-protocol"),
        copy(TCP, "again", "route-one-protocol"),
        copy(TLS, "again", "route-one-protocol"),
        set(TLS, "/spec/parentRefs/0/port", json!(5432), "route-opaque-port"),
        set(HTTP, "/spec/rules/0/backendRefs", json!([{"name": "x"}]), "unknown-path"),
        set(HTTP, "/spec/rules/0/matches/0/path/value", json!("/x"), "value"),
    ]
}
