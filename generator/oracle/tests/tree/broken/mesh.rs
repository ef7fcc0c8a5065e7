//! Linkerd's policy, Services and identities.

use serde_json::json;

use crate::breach::{Twin, copy, drop, remove, set};

pub(crate) fn twins() -> Vec<Twin> {
    const SERVER: &str = "Server payments/ledger-8080";
    const POLICY: &str = "AuthorizationPolicy payments/ledger-8080-from-shop.storefront";
    const IDENTITY: &str = "MeshTLSAuthentication payments/ledger-from-shop.storefront";
    const PROMETHEUS: &str = "MeshTLSAuthentication payments/ledger-from-monitoring.prometheus";
    const SERVICE: &str = "Service payments/ledger";
    const POD: &str = "Deployment shop/storefront";
    vec![
        drop(SERVICE, "service-for-callers"),
        drop(SERVER, "port-server"),
        copy(SERVER, "again", "port-server"),
        set(SERVER, "/spec/accessPolicy", json!("all-unauthenticated"), "value"),
        remove(SERVER, "/spec/accessPolicy", "missing-path"),
        set(SERVER, "/spec/port", json!("http"), "value"),
        set(SERVER, "/spec/port", json!(8081), "server-target"),
        set(SERVER, "/spec/podSelector/matchLabels/app.kubernetes.io~1name", json!("mailer"), "server-target"),
        set(SERVER, "/spec/podSelector", json!({}), "empty"),
        set(SERVER, "/spec/proxyProtocol", json!("unknown"), "value"),
        set(POLICY, "/spec/targetRef/name", json!("nothing"), "authorization-target"),
        drop(SERVER, "authorization-target"),
        set(POLICY, "/spec/targetRef/kind", json!("Namespace"), "value"),
        set(POLICY, "/spec/requiredAuthenticationRefs", json!([]), "empty"),
        set(POLICY, "/spec/requiredAuthenticationRefs/0/name", json!("nothing"), "authorization-authentication"),
        drop(IDENTITY, "authorization-authentication"),
        set(
            POLICY,
            "/spec/requiredAuthenticationRefs/0/kind",
            json!("NetworkAuthentication"),
            "authorization-authentication",
        ),
        set(IDENTITY, "/spec/identityRefs/0/name", json!("nobody"), "authentication-account"),
        set(IDENTITY, "/spec/identityRefs/0/name", json!("default"), "authentication-account"),
        set(IDENTITY, "/spec/identities", json!(["*"]), "authentication-account"),
        set(IDENTITY, "/spec/identities", json!(["*"]), "unknown-path"),
        set(IDENTITY, "/spec/identityRefs/0/kind", json!("Namespace"), "value"),
        copy(IDENTITY, "spare", "authentication-used"),
        set(
            IDENTITY,
            "/spec/identityRefs/-",
            json!({"kind": "ServiceAccount", "name": "mailer", "namespace": "payments"}),
            "network-and-mesh",
        ),
        set(
            "MeshTLSAuthentication shop/storefront-from-cloudflared.cloudflared",
            "/spec/identityRefs/-",
            json!({"kind": "ServiceAccount", "name": "prometheus", "namespace": "monitoring"}),
            "caller-and-mesh",
        ),
        drop("AuthorizationPolicy shop/storefront-8080-from-cloudflared.cloudflared", "network-and-mesh"),
        drop("NetworkPolicy payments/ledger-from-shop.storefront", "network-and-mesh"),
        drop("NetworkPolicy payments/ledger-from-monitoring.prometheus", "caller-and-mesh"),
        drop("AuthorizationPolicy payments/ledger-8080-from-monitoring.prometheus", "caller-and-mesh"),
        set(PROMETHEUS, "/spec/identityRefs/0/namespace", json!("elsewhere"), "authentication-account"),
        set(
            POD,
            "/spec/template/metadata/annotations/config.linkerd.io~1default-inbound-policy",
            json!("all-unauthenticated"),
            "value",
        ),
        set(
            POD,
            "/spec/template/metadata/annotations/config.linkerd.io~1skip-inbound-ports",
            json!("8080"),
            "unknown-path",
        ),
        set(
            POD,
            "/spec/template/metadata/annotations/config.linkerd.io~1skip-outbound-ports",
            json!("5432"),
            "unknown-path",
        ),
        set(POD, "/spec/template/metadata/annotations/config.linkerd.io~1proxy-version", json!("edge-26.8.3"), "value"),
        set(POD, "/spec/template/metadata/annotations/linkerd.io~1inject", json!("disabled"), "value"),
        remove(POD, "/spec/template/metadata/annotations/config.linkerd.io~1proxy-memory-limit", "missing-path"),
        set(SERVICE, "/spec/selector/app.kubernetes.io~1name", json!("nobody"), "service-target"),
        set(SERVICE, "/spec/ports/0/targetPort", json!(8081), "service-target"),
        set(SERVICE, "/spec/ports/0/targetPort", json!("http"), "value"),
        set(SERVICE, "/spec/ports/0/appProtocol", json!("linkerd.io/opaque"), "service-protocol"),
        set(SERVICE, "/spec/ports/1/port", json!(8080), "service-ports-once"),
        set(SERVICE, "/spec/ports/1/name", json!("http-8080"), "service-ports-once"),
        set(POD, "/spec/selector/matchLabels/app.kubernetes.io~1name", json!("report"), "selector-own"),
        set(
            "CronJob shop/report",
            "/spec/jobTemplate/spec/template/metadata/labels/app.kubernetes.io~1name",
            json!("storefront"),
            "selector-own",
        ),
        drop("ServiceAccount shop/storefront", "account-exists"),
        set(POD, "/spec/template/spec/serviceAccountName", json!("default"), "account-exists"),
        set(
            "CronJob shop/report",
            "/spec/jobTemplate/spec/template/spec/serviceAccountName",
            json!("storefront"),
            "account-once",
        ),
    ]
}
