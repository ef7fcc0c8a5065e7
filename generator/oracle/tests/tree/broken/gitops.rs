//! Argo CD.

use serde_json::json;

use crate::breach::{Twin, copy, drop, remove, set};

const APPLICATION: &str = "Application argocd/shop-storefront";
const PROJECT: &str = "AppProject argocd/shop";
const WAVE: &str = "/metadata/annotations/argocd.argoproj.io~1sync-wave";

pub(crate) fn twins() -> Vec<Twin> {
    [applications(), projects(), waves()].concat()
}

fn applications() -> Vec<Twin> {
    vec![
        drop(APPLICATION, "one-owner"),
        copy(APPLICATION, "again", "one-owner"),
        set(APPLICATION, "/spec/source/path", json!("out/homelab/services/shop/report"), "one-owner"),
        set("Application argocd/shop-namespace", "/spec/source/path", json!("out/homelab/services/shop"), "one-owner"),
        drop("Application argocd/root", "one-owner"),
        set(APPLICATION, "/spec/source/path", json!("out/homelab/services/shop/nothing"), "application-path"),
        set("Application argocd/root", "/spec/source/path", json!("out/homelab/bootstrap"), "application-path"),
        set(APPLICATION, "/spec/source/path", json!("out/../secrets"), "value"),
        set(APPLICATION, "/spec/project", json!("default"), "application-project"),
        drop(PROJECT, "application-project"),
        copy(PROJECT, "spare", "application-project"),
        set(APPLICATION, "/spec/destination/namespace", json!("payments"), "application-destination"),
        set(APPLICATION, "/spec/destination/server", json!("https://elsewhere"), "value"),
        set(APPLICATION, "/spec/syncPolicy/automated/allowEmpty", json!(true), "unknown-path"),
        set(APPLICATION, "/spec/syncPolicy/syncOptions/-", json!("Validate=false"), "value"),
        set(APPLICATION, "/spec/syncPolicy/syncOptions/-", json!("CreateNamespace=true"), "value"),
        remove(APPLICATION, "/spec/syncPolicy/syncOptions/2", "value"),
        set(APPLICATION, "/spec/syncPolicy/retry/limit", json!(5), "value"),
        remove(APPLICATION, "/spec/source/directory", "application-tool"),
        set(APPLICATION, "/spec/source/plugin", json!({"name": "casemate"}), "application-tool"),
        set(APPLICATION, "/spec/source/plugin", json!({"name": "casemate"}), "plugin-sidecar"),
        set(APPLICATION, "/spec/source/plugin", json!({"name": "other"}), "value"),
        set(APPLICATION, "/spec/source/plugin", json!({"name": "casemate", "env": []}), "unknown-path"),
        set(APPLICATION, "/spec/source/helm", json!({"values": "x"}), "unknown-path"),
        set(APPLICATION, "/spec/source/directory/include", json!("*"), "value"),
        set(APPLICATION, "/spec/ignoreDifferences/0/jqPathExpressions", json!([".spec"]), "value"),
        set(APPLICATION, "/spec/source/repoURL", json!("https://user:token@git.example.com/x.git"), "value"),
        set(APPLICATION, "/spec/source/repoURL", json!("https://git.example.com/other.git"), "one-repository"),
        set(APPLICATION, "/spec/source/targetRevision", json!("HEAD"), "value"),
        set(
            APPLICATION,
            "/metadata/annotations/argocd.argoproj.io~1manifest-generate-paths",
            json!("/out/homelab/services/shop/report"),
            "refresh-path",
        ),
        remove(APPLICATION, "/spec/ignoreDifferences", "restart-drift"),
    ]
}

fn projects() -> Vec<Twin> {
    vec![
        set(PROJECT, "/spec/sourceRepos", json!(["*"]), "value"),
        set(PROJECT, "/spec/sourceRepos", json!(["https://git.example.com/other.git"]), "one-repository"),
        set(PROJECT, "/spec/destinations/0/namespace", json!("*"), "value"),
        set(PROJECT, "/spec/destinations/0/server", json!("*"), "value"),
        set(
            PROJECT,
            "/spec/destinations/-",
            json!({"server": "https://kubernetes.default.svc", "namespace": "payments"}),
            "project-destination",
        ),
        set(PROJECT, "/spec/namespaceResourceWhitelist", json!([]), "empty"),
        remove(PROJECT, "/spec/namespaceResourceWhitelist", "missing-path"),
        set(PROJECT, "/spec/namespaceResourceWhitelist/-", json!({"group": "", "kind": "Secret"}), "value"),
        set(PROJECT, "/spec/namespaceResourceWhitelist/-", json!({"group": "*", "kind": "*"}), "value"),
        remove(PROJECT, "/spec/namespaceResourceWhitelist/4", "project-kinds"),
        set(PROJECT, "/spec/clusterResourceWhitelist", json!([{"group": "*", "kind": "*"}]), "value"),
        set(
            PROJECT,
            "/spec/clusterResourceWhitelist",
            json!([{"group": "", "kind": "Namespace", "name": "shop"}]),
            "project-cluster-kinds",
        ),
        remove("AppProject argocd/shop-namespace", "/spec/clusterResourceWhitelist", "project-cluster-kinds"),
        set(
            "AppProject argocd/shop-namespace",
            "/spec/clusterResourceWhitelist/0/name",
            json!("payments"),
            "project-cluster-kinds",
        ),
        set(
            PROJECT,
            "/spec/namespaceResourceWhitelist/-",
            json!({"group": "argoproj.io", "kind": "Application"}),
            "project-scope",
        ),
        set(
            "AppProject argocd/root",
            "/spec/namespaceResourceWhitelist/-",
            json!({"group": "apps", "kind": "Deployment"}),
            "project-scope",
        ),
        remove(PROJECT, "/metadata/finalizers", "missing-path"),
    ]
}

fn waves() -> Vec<Twin> {
    vec![
        set("Namespace shop", WAVE, json!("0"), "wave-order"),
        set("EgressNetwork shop/egress", WAVE, json!("0"), "wave-order"),
        set("OnePasswordItem shop/storefront-database", WAVE, json!("0"), "wave-order"),
        set("Server shop/storefront-8080", WAVE, json!("5"), "wave-order"),
        set("DNSEndpoint cloudflared/shop-example-com", WAVE, json!("0"), "wave-order"),
        remove("ServiceAccount shop/storefront", "/metadata/annotations", "wave-order"),
        remove("Server shop/storefront-8080", WAVE, "missing-path"),
        remove("Server shop/storefront-8080", "/metadata/annotations/argocd.argoproj.io~1sync-options", "missing-path"),
        set(PROJECT, WAVE, json!("10"), "wave-project"),
        set("PersistentVolumeClaim payments/mailer-queue", WAVE, json!("-10"), "wave-claim"),
        set("PersistentVolumeClaim shop/archive", WAVE, json!("-20"), "wave-claim"),
    ]
}
