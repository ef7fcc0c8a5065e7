//! Rights that reach further, webhooks, callers without a proxy, datagrams, and pods that an operator creates.

use serde_json::json;

use crate::breach::{Twin, copy, drop, remove, set};

pub(crate) fn twins() -> Vec<Twin> {
    [rights(), offers(), webhooks(), callers(), datagrams(), databases(), created_pods(), projects()].concat()
}

fn rights() -> Vec<Twin> {
    const ROLE: &str = "Role operators/cachectl";
    const WIDE: &str = "ClusterRole operators.cachectl";
    const BINDING: &str = "ClusterRoleBinding operators.cachectl";
    vec![
        set(WIDE, "/rules/0/verbs/-", json!("delete"), "cluster-wide-reads"),
        set(WIDE, "/rules/0/verbs", json!(["list"]), "cluster-wide-reads"),
        set(WIDE, "/rules/0/verbs", json!(["*"]), "value"),
        set(WIDE, "/rules/0/resources", json!(["secrets"]), "value"),
        set(WIDE, "/rules/0/resources", json!(["nodes/proxy"]), "value"),
        set(WIDE, "/rules/0/resources", json!(["nodes/status"]), "cluster-wide-reads"),
        set(WIDE, "/rules/0/resources", json!(["*"]), "value"),
        set(WIDE, "/rules/0/apiGroups", json!(["*"]), "value"),
        set(WIDE, "/rules/0/nonResourceURLs", json!(["/metrics"]), "unknown-path"),
        set(WIDE, "/aggregationRule", json!({"clusterRoleSelectors": [{}]}), "unknown-path"),
        set(WIDE, "/rules/1/apiGroups", json!(["apps"]), "cluster-wide-reads"),
        set(WIDE, "/rules/1/apiGroups", json!(["policy.example.linkerd.io"]), "cluster-wide-reads"),
        set(WIDE, "/rules/2/verbs/-", json!("get"), "cluster-wide-reads"),
        remove(WIDE, "/rules/2", "cluster-wide-reads"),
        remove(WIDE, "/metadata/annotations/kubernetes.io~1description", "missing-path"),
        drop(WIDE, "binding-role"),
        copy(WIDE, "spare", "binding-role"),
        set(BINDING, "/subjects/0/namespace", json!("depot"), "binding-account"),
        set(BINDING, "/subjects/0/name", json!("syncer"), "binding-account"),
        set(BINDING, "/metadata/labels/app.kubernetes.io~1name", json!("store"), "binding-account"),
        set(BINDING, "/roleRef/name", json!("cluster-admin"), "binding-role"),
        set(BINDING, "/roleRef/kind", json!("Role"), "value"),
        set(BINDING, "/subjects/-", json!({"kind": "ServiceAccount", "name": "a", "namespace": "b"}), "value"),
        set(ROLE, "/rules/0/verbs/-", json!("update"), "harmless-writes"),
        remove(ROLE, "/rules/1/resourceNames", "harmless-writes"),
        set(ROLE, "/rules/1/verbs/-", json!("list"), "named-writes"),
        set(ROLE, "/rules/2/resources", json!(["cronjobs"]), "harmless-writes"),
        set(
            "Role payments/ledger",
            "/rules/1",
            json!({"apiGroups": [""], "resources": ["pods"], "verbs": ["create"]}),
            "harmless-writes",
        ),
        set(ROLE, "/rules/3/verbs/-", json!("patch"), "harmless-writes"),
        set(
            ROLE,
            "/rules/3",
            json!({"apiGroups": ["caches.example.com"], "resources": ["modelcaches/status"], "verbs": ["patch"]}),
            "harmless-writes",
        ),
    ]
}

fn offers() -> Vec<Twin> {
    const ROLE: &str = "Role payments/ledger.operators.cachectl";
    const BINDING: &str = "RoleBinding payments/ledger.operators.cachectl";
    vec![
        set(ROLE, "/rules/0/apiGroups", json!(["other.example.com"]), "offered-right"),
        set(ROLE, "/rules/0/resources", json!(["bookings/status"]), "offered-right"),
        set(ROLE, "/rules/0/resourceNames", json!(["small"]), "offered-right"),
        set(
            ROLE,
            "/rules/0",
            json!({"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch"]}),
            "offered-right",
        ),
        set(ROLE, "/metadata/labels/app.kubernetes.io~1name", json!("mailer"), "offered-right"),
        remove("Role payments/ledger", "/rules/2", "offered-right"),
        drop(ROLE, "binding-role"),
        set(BINDING, "/subjects/0/name", json!("syncer"), "binding-account"),
        set(BINDING, "/subjects/0/namespace", json!("payments"), "binding-account"),
        set(BINDING, "/metadata/labels/app.kubernetes.io~1name", json!("mailer"), "binding-account"),
        set(BINDING, "/metadata/name", json!("ledger.operators.syncer"), "binding-account"),
        set(BINDING, "/roleRef/name", json!("ledger"), "binding-account"),
    ]
}

fn webhooks() -> Vec<Twin> {
    const HOOK: &str = "MutatingWebhookConfiguration operators.cachectl";
    const OTHER: &str = "ValidatingWebhookConfiguration operators.cachectl";
    const CERTIFICATE: &str = "Certificate operators/cachectl";
    const ISSUER: &str = "Issuer operators/cachectl";
    vec![
        remove(HOOK, "/webhooks/0/namespaceSelector", "missing-path"),
        set(HOOK, "/webhooks/0/namespaceSelector/matchLabels", json!({}), "empty"),
        set(HOOK, "/webhooks/0/namespaceSelector", json!({"matchExpressions": []}), "unknown-path"),
        set(
            HOOK,
            "/webhooks/0/namespaceSelector/matchLabels",
            json!({"kubernetes.io/metadata.name": "kube-system"}),
            "webhook-lock-out",
        ),
        set(
            OTHER,
            "/webhooks/0/namespaceSelector/matchLabels",
            json!({"linkerd.io/is-control-plane": "true"}),
            "webhook-lock-out",
        ),
        set(HOOK, "/webhooks/0/clientConfig/url", json!("https://elsewhere.example.com/"), "unknown-path"),
        set(HOOK, "/webhooks/0/clientConfig/caBundle", json!("LS0t"), "unknown-path"),
        set(HOOK, "/webhooks/0/clientConfig/service/name", json!("other"), "webhook-service"),
        set(HOOK, "/webhooks/0/clientConfig/service/namespace", json!("depot"), "webhook-service"),
        set(HOOK, "/metadata/labels/app.kubernetes.io~1name", json!("store"), "webhook-service"),
        set("Server operators/cachectl-9443", "/spec/proxyProtocol", json!("HTTP/1"), "webhook-service"),
        set(HOOK, "/metadata/annotations/cert-manager.io~1inject-ca-from", json!("depot/other"), "webhook-certificate"),
        set(CERTIFICATE, "/spec/dnsNames", json!(["other.operators.svc"]), "webhook-certificate"),
        set(CERTIFICATE, "/spec/secretName", json!("other"), "webhook-certificate"),
        set(HOOK, "/webhooks/0/sideEffects", json!("Unknown"), "value"),
        set(HOOK, "/webhooks/0/timeoutSeconds", json!(31), "value"),
        set(HOOK, "/webhooks/0/reinvocationPolicy", json!("IfNeeded"), "value"),
        set(OTHER, "/webhooks/0/reinvocationPolicy", json!("Never"), "unknown-path"),
        set(HOOK, "/webhooks/0/rules/0/resources", json!(["*"]), "value"),
        set(HOOK, "/webhooks/0/rules/0/resources", json!(["secrets"]), "value"),
        set(HOOK, "/webhooks/0/rules/0/apiGroups", json!(["*"]), "value"),
        set(HOOK, "/webhooks/0/rules/0/operations", json!(["*"]), "value"),
        set(HOOK, "/webhooks/0/rules/0/scope", json!("*"), "value"),
        drop("NetworkPolicy operators/cachectl-from-apiserver", "webhook-reached"),
        set(CERTIFICATE, "/spec/issuerRef/kind", json!("ClusterIssuer"), "value"),
        set(CERTIFICATE, "/spec/privateKey/rotationPolicy", json!("Never"), "value"),
        set(CERTIFICATE, "/spec/isCA", json!(true), "unknown-path"),
        set(CERTIFICATE, "/spec/secretTemplate", json!({"labels": {"a": "b"}}), "unknown-path"),
        copy(CERTIFICATE, "spare", "certificate-used"),
        drop(ISSUER, "certificate-issuer"),
        copy(ISSUER, "spare", "certificate-issuer"),
        set(ISSUER, "/spec/ca", json!({"secretName": "x"}), "unknown-path"),
        set(ISSUER, "/metadata/annotations/argocd.argoproj.io~1sync-wave", json!("0"), "wave-order"),
    ]
}

fn callers() -> Vec<Twin> {
    const FROM_PODS: &str = "NetworkPolicy operators/cachectl-from-signoz.httpcheck";
    const FROM_API_SERVER: &str = "NetworkPolicy operators/cachectl-from-apiserver";
    const PODS: &str = "NetworkAuthentication operators/cachectl-from-pods";
    const API_SERVER: &str = "NetworkAuthentication operators/cachectl-from-apiserver";
    vec![
        set(FROM_API_SERVER, "/spec/ingress/0/from/0/ipBlock/cidr", json!("0.0.0.0/0"), "ingress-block"),
        set(FROM_API_SERVER, "/spec/ingress/0/ports/0/port", json!(8080), "ingress-block"),
        set(FROM_API_SERVER, "/spec/ingress/0/ports/0/protocol", json!("UDP"), "ingress-block"),
        set(FROM_API_SERVER, "/spec/ingress/0/from/0/podSelector", json!({"matchLabels": {"a": "b"}}), "choice"),
        set(FROM_PODS, "/spec/ingress/0/ports/0/port", json!(8081), "edge-one-peer"),
        set(FROM_PODS, "/spec/ingress/0/ports/0/port", json!(4143), "edge-one-peer"),
        set(
            "NetworkPolicy payments/ledger-from-monitoring.prometheus",
            "/spec/ingress/0/ports/0/port",
            json!(9090),
            "edge-one-peer",
        ),
        drop(FROM_PODS, "unmeshed-caller"),
        drop("AuthorizationPolicy operators/cachectl-8080-from-signoz.httpcheck", "unmeshed-caller"),
        drop("AuthorizationPolicy operators/cachectl-9443-from-apiserver", "unmeshed-caller"),
        drop(PODS, "authorization-authentication"),
        set(PODS, "/spec/networks/0/cidr", json!("0.0.0.0/0"), "network-authentication"),
        set(PODS, "/spec/networks/-", json!({"cidr": "192.168.1.2/32"}), "network-authentication"),
        set(API_SERVER, "/spec/networks/0/cidr", json!("10.42.0.0/16"), "network-authentication"),
        set(API_SERVER, "/spec/networks", json!([]), "empty"),
        copy(API_SERVER, "spare", "network-authentication-used"),
    ]
}

fn datagrams() -> Vec<Twin> {
    const OUT: &str = "NetworkPolicy operators/cachectl-to-depot.resolver-udp";
    const IN: &str = "NetworkPolicy depot/resolver-from-operators.cachectl-udp";
    const SERVICE: &str = "Service depot/resolver";
    vec![
        drop(OUT, "edge-twin"),
        drop(IN, "edge-twin"),
        set(OUT, "/spec/egress/0/ports/0/port", json!(54), "edge-port"),
        set(IN, "/spec/ingress/0/ports/0/protocol", json!("TCP"), "edge-port"),
        drop(SERVICE, "service-for-callers"),
        set(SERVICE, "/spec/ports/0/protocol", json!("TCP"), "service-protocol"),
        set(SERVICE, "/spec/ports/0/targetPort", json!(54), "service-target"),
        set(SERVICE, "/spec/ports/0/appProtocol", json!("linkerd.io/opaque"), "service-protocol"),
        remove("Service depot/store", "/spec/ports/0/appProtocol", "service-protocol"),
        set("Server depot/resolver-53", "/spec/port", json!(54), "server-target"),
        set(
            "DaemonSet depot/resolver",
            "/spec/template/spec/containers/0/ports/1",
            json!({"name": "tcp-54", "containerPort": 54}),
            "server-target",
        ),
        set("NetworkPolicy operators/cachectl-to-printer", "/spec/egress/0/ports/0/port", json!(22), "private-block"),
        set(
            "NetworkPolicy operators/cachectl-to-printer",
            "/spec/egress/0/to/0/ipBlock/cidr",
            json!("192.168.1.0/24"),
            "private-block",
        ),
    ]
}

fn databases() -> Vec<Twin> {
    const OWN: &str = "NetworkPolicy operators/catalogue";
    const OUT: &str = "NetworkPolicy operators/cachectl-to-operators.catalogue-rw";
    const IN: &str = "NetworkPolicy operators/catalogue-from-operators.cachectl";
    const OPERATOR: &str = "NetworkPolicy operators/catalogue-from-cnpg-system.cnpg";
    vec![
        drop(OWN, "policy-selects-one"),
        set(OWN, "/spec/policyTypes", json!(["Ingress"]), "isolation"),
        set(OWN, "/spec/podSelector/matchLabels/app.kubernetes.io~1name", json!("cachectl"), "choice"),
        drop(OUT, "edge-twin"),
        drop(IN, "edge-twin"),
        set(OUT, "/spec/egress/0/ports/0/port", json!(4143), "edge-port"),
        set(IN, "/spec/ingress/0/ports/0/port", json!(22), "edge-port"),
        set(OPERATOR, "/spec/ingress/0/ports/0/port", json!(22), "edge-one-peer"),
        set(
            OPERATOR,
            "/spec/ingress/0/from/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name",
            json!("other"),
            "edge-one-peer",
        ),
        set(
            "NetworkPolicy operators/catalogue-to-apiserver",
            "/spec/egress/0/to/0/ipBlock/cidr",
            json!("10.0.0.0/8"),
            "private-block",
        ),
    ]
}

fn created_pods() -> Vec<Twin> {
    vec![
        drop("ServiceAccount operators/syncer", "policy-selects-one"),
        drop("NetworkPolicy operators/syncer", "isolation"),
        drop("NetworkPolicy operators/syncer-to-depot.store", "edge-twin"),
        drop("MeshTLSAuthentication depot/store-from-operators.syncer", "network-and-mesh"),
        copy("ServiceAccount operators/syncer", "other", "account-once"),
        drop("Service operators/syncer", "service-for-callers"),
        drop("Server operators/syncer-8081", "authorization-target"),
        copy("Server operators/syncer-8081", "again", "port-server"),
    ]
}

fn projects() -> Vec<Twin> {
    const PROJECT: &str = "AppProject argocd/operators";
    vec![
        remove(PROJECT, "/spec/clusterResourceWhitelist/0", "project-cluster-kinds"),
        set(
            PROJECT,
            "/spec/clusterResourceWhitelist/-",
            json!({"group": "", "kind": "Namespace", "name": "operators"}),
            "project-cluster-kinds",
        ),
        remove(PROJECT, "/spec/clusterResourceWhitelist", "project-cluster-kinds"),
        set(PROJECT, "/spec/clusterResourceWhitelist/0/kind", json!("CustomResourceDefinition"), "value"),
        set(PROJECT, "/spec/clusterResourceWhitelist/0/group", json!(""), "project-known-kinds"),
        set(PROJECT, "/spec/namespaceResourceWhitelist/0/group", json!("evil.example.com"), "project-known-kinds"),
        set(
            "ClusterRole operators.cachectl",
            "/metadata/labels/app.kubernetes.io~1part-of",
            json!("depot"),
            "application-destination",
        ),
    ]
}
