//! Objects as such, and kinds that have no place.

use serde_json::json;

use crate::breach::{Change, Twin, copy, drop, remove, set};

pub(crate) fn twins() -> Vec<Twin> {
    const SERVICE: &str = "Service shop/storefront";
    const NAMESPACE: &str = "Namespace shop";
    const CLAIM: &str = "PersistentVolumeClaim payments/mailer-queue";
    vec![
        set("ConfigMap shop/storefront-settings-0a1b2c3d4e", "/kind", json!("Secret"), "kind"),
        set(SERVICE, "/kind", json!("Ingress"), "kind"),
        set("Server shop/storefront-8080", "/apiVersion", json!("policy.linkerd.io/v1beta1"), "kind"),
        set(
            "TLSRoute shop/egress-tls-443-api-github-com",
            "/apiVersion",
            json!("gateway.networking.k8s.io/v1"),
            "kind",
        ),
        set(SERVICE, "/spec/type", json!("LoadBalancer"), "value"),
        set(SERVICE, "/spec/type", json!("NodePort"), "value"),
        set(SERVICE, "/spec/type", json!("ExternalName"), "value"),
        set(SERVICE, "/spec/externalIPs", json!(["203.0.113.1"]), "unknown-path"),
        set(SERVICE, "/spec/ports/0/nodePort", json!(30080), "unknown-path"),
        set(SERVICE, "/spec/ports/0/appProtocol", json!("https"), "value"),
        remove(SERVICE, "/spec/selector", "missing-path"),
        set(NAMESPACE, "/metadata/annotations/argocd.argoproj.io~1sync-options", json!("Prune=false"), "value"),
        remove(NAMESPACE, "/metadata/annotations/argocd.argoproj.io~1compare-options", "missing-path"),
        set(NAMESPACE, "/metadata/labels/pod-security.kubernetes.io~1enforce", json!("baseline"), "value"),
        set(NAMESPACE, "/metadata/labels/pod-security.kubernetes.io~1enforce-version", json!("latest"), "value"),
        remove(NAMESPACE, "/metadata/labels/pod-security.kubernetes.io~1warn", "missing-path"),
        set(NAMESPACE, "/metadata/annotations/linkerd.io~1inject", json!("disabled"), "value"),
        set(CLAIM, "/metadata/annotations/argocd.argoproj.io~1sync-options", json!("Prune=confirm"), "value"),
        remove(CLAIM, "/metadata/annotations/argocd.argoproj.io~1sync-options", "claim-kept"),
        set(CLAIM, "/metadata/labels/casemate.dev~1data", json!("disposable"), "claim-kept"),
        set(CLAIM, "/metadata/labels/casemate.dev~1data", json!("precious"), "value"),
        set("ServiceAccount shop/storefront", "/automountServiceAccountToken", json!(true), "value"),
        set("ConfigMap shop/storefront-settings-0a1b2c3d4e", "/immutable", json!(false), "value"),
        set("ConfigMap shop/storefront-settings-0a1b2c3d4e", "/metadata/name", json!("storefront"), "value"),
        set(SERVICE, "/metadata/labels/app.kubernetes.io~1managed-by", json!("helm"), "value"),
        set(SERVICE, "/metadata/annotations", json!({"argocd.argoproj.io/hook": "PreSync"}), "unknown-path"),
        set(
            "Server shop/storefront-8080",
            "/metadata/annotations/argocd.argoproj.io~1sync-options",
            json!("Validate=false"),
            "value",
        ),
        (SERVICE, Change::Again, "unique-object"),
        drop(NAMESPACE, "namespace-exists"),
        set(SERVICE, "/metadata/namespace", json!("kube-system"), "namespace-exists"),
        set("Application argocd/root", "/metadata/namespace", json!("shop"), "namespace-exists"),
        set(SERVICE, "/metadata/labels/app.kubernetes.io~1part-of", json!("payments"), "labels-agree"),
        set(
            "Deployment shop/storefront",
            "/spec/template/metadata/labels/app.kubernetes.io~1part-of",
            json!("payments"),
            "labels-agree",
        ),
        copy("ServiceAccount shop/storefront", "spare", "account-once"),
    ]
}
