//! Charts, their namespaces, and what lies beside them.

use serde_json::json;

use crate::breach::{Twin, copy, drop, remove, replace, set};

const LONGHORN: &str = "Application argocd/chart.longhorn";
const MESH: &str = "Application argocd/chart.linkerd-control-plane";
const KYVERNO: &str = "Application argocd/chart.kyverno";
const DNS: &str = "Application argocd/chart.external-dns";
const ARGO: &str = "Application argocd/chart.argocd";
const TRUST: &str = "AppProject argocd/chart.trust-manager";
const PROJECT: &str = "AppProject argocd/chart.longhorn";
const WAVE: &str = "/metadata/annotations/argocd.argoproj.io~1sync-wave";
const REASON: &str = "/metadata/annotations/kubernetes.io~1description";
const LEVEL: &str = "/metadata/labels/pod-security.kubernetes.io~1enforce";
const VALUES: &str = "/spec/sources/0/helm/valuesObject";

pub(crate) fn twins() -> Vec<Twin> {
    [namespaces(), projects(), charts(), order(), values(), trust()].concat()
}

fn namespaces() -> Vec<Twin> {
    let shut = "/metadata/labels/config.linkerd.io~1admission-webhooks";
    vec![
        remove("Namespace longhorn-system", REASON, "platform-namespace"),
        set("Namespace kyverno", LEVEL, json!("privileged"), "platform-namespace"),
        set("Namespace kyverno", REASON, json!("no reason at all"), "platform-namespace"),
        set("Namespace kyverno", shut, json!("disabled"), "platform-namespace"),
        remove("Namespace linkerd", shut, "platform-namespace"),
        remove("Namespace linkerd", "/metadata/labels/linkerd.io~1is-control-plane", "platform-namespace"),
        set("Namespace kyverno", "/metadata/name", json!("shop"), "platform-namespace"),
        set("Namespace kyverno", "/metadata/labels/linkerd.io~1inject", json!("disabled"), "unknown-path"),
        set("Namespace kyverno", "/metadata/labels/casemate.dev~1tier", json!("services"), "value"),
    ]
}

fn projects() -> Vec<Twin> {
    let kinds = "/spec/namespaceResourceWhitelist/-";
    let kind = |group: &str, kind: &str| json!({"group": group, "kind": kind});
    vec![
        drop("Application argocd/platform", "platform-owner"),
        copy("Application argocd/chart.longhorn", "chart.again", "platform-project"),
        copy("Bundle linkerd-identity-trust-roots", "second", "platform-project"),
        set("Certificate linkerd/linkerd-sp-validator", "/metadata/namespace", json!("kyverno"), "platform-project"),
        set(LONGHORN, "/metadata/namespace", json!("shop"), "platform-owner"),
        set(PROJECT, "/spec/sourceRepos/-", json!("https://charts.example.com"), "platform-project"),
        set(PROJECT, "/spec/sourceRepos/0", json!("*"), "value"),
        set(PROJECT, "/spec/destinations/0/namespace", json!("kyverno"), "platform-project"),
        set(PROJECT, "/spec/clusterResourceWhitelist/0/name", json!("*"), "value"),
        remove(PROJECT, "/spec/clusterResourceWhitelist/0/name", "missing-path"),
        set(PROJECT, kinds, kind("", "Secret"), "platform-kinds"),
        set(PROJECT, kinds, kind("argoproj.io", "Application"), "platform-kinds"),
        set(PROJECT, kinds, kind("policies.kyverno.io", "PolicyException"), "platform-kinds"),
        set(PROJECT, kinds, kind("apps", "*"), "value"),
        remove("AppProject argocd/chart.argocd", REASON, "platform-kinds"),
        set(TRUST, "/spec/clusterResourceWhitelist/2/name", json!("linkerd-*"), "platform-project"),
    ]
}

fn charts() -> Vec<Twin> {
    let version = "/spec/sources/0/targetRevision";
    vec![
        set(LONGHORN, version, json!("latest"), "platform-chart"),
        set(LONGHORN, version, json!("1.8"), "platform-chart"),
        set(LONGHORN, version, json!("^1.8.1"), "value"),
        set(LONGHORN, "/spec/project", json!("default"), "platform-project"),
        set(LONGHORN, "/spec/sources/0/repoURL", json!("https://user:word@charts.longhorn.io"), "value"),
        set(LONGHORN, "/spec/sources/0/helm/valuesObject", json!({"a": 1}), "choice"),
        set(LONGHORN, "/spec/syncPolicy/syncOptions/0", json!("CreateNamespace=true"), "value"),
        remove(LONGHORN, "/spec/syncPolicy/syncOptions/0", "platform-chart"),
        set(DNS, "/spec/sources/1/path", json!("out/homelab/platform/external-dns/nothing"), "platform-chart"),
        set(DNS, "/spec/sources/1/repoURL", json!("https://git.example.com/other.git"), "platform-project"),
        drop("Namespace longhorn-system", "platform-chart"),
    ]
}

fn order() -> Vec<Twin> {
    vec![
        set(KYVERNO, WAVE, json!("20"), "platform-order"),
        set(MESH, WAVE, json!("0"), "platform-order"),
        set("Application argocd/namespace.kyverno", WAVE, json!("40"), "platform-order"),
        set(TRUST, WAVE, json!("50"), "platform-order"),
    ]
}

fn values() -> Vec<Twin> {
    let value = |pointer: &str| -> &'static str { format!("{VALUES}{pointer}").leak() };
    vec![
        set(MESH, value("/cniEnabled"), json!(false), "platform-values"),
        set(MESH, value("/identity/externalCA"), json!(false), "platform-values"),
        set(MESH, value("/proxy/defaultInboundPolicy"), json!("all-unauthenticated"), "platform-values"),
        set(MESH, value("/proxy/image/version"), json!("edge-26.8.3"), "platform-values"),
        remove(MESH, value("/proxy/resources"), "platform-values"),
        set(MESH, value("/policyController/probeNetworks"), json!(["0.0.0.0/0"]), "platform-values"),
        set(MESH, value("/clusterNetworks"), json!("192.168.0.0/16"), "platform-values"),
        set(MESH, value("/proxyInjector/externalSecret"), json!(false), "platform-values"),
        set(KYVERNO, value("/features/policyExceptions/enabled"), json!(true), "platform-values"),
        set(KYVERNO, value("/config/excludeKyvernoNamespace"), json!(false), "platform-values"),
        set(DNS, value("/sources/-"), json!("service"), "platform-values"),
        remove(DNS, value("/txtOwnerId"), "platform-values"),
        remove(ARGO, value("/configs/cm/kustomize.enable"), "platform-values"),
        remove(ARGO, value("/configs/cm/resource.customizations.health.argoproj.io_Application"), "platform-values"),
        set("Application argocd/chart.cert-manager", value("/crds/keep"), json!(false), "platform-values"),
        set("Application argocd/chart.trust-manager", value("/secretTargets/enabled"), json!(true), "platform-values"),
        set(DNS, value("/env/0"), json!({"name": "CF_API_TOKEN", "value": "abc"}), "platform-credential"),
        set(KYVERNO, value("/password"), json!("hunter2"), "platform-credential"),
        replace(LONGHORN, "/spec/sources/0/helm/values", "jobEnabled: false", "token: abc", "platform-credential"),
        replace(LONGHORN, "/spec/sources/0/helm/values", "For", "AKIAABCDEFGHIJKLMNOP", "platform-credential"),
        replace(LONGHORN, "/spec/sources/0/helm/values", "jobEnabled", "a: [", "platform-credential"),
    ]
}

fn trust() -> Vec<Twin> {
    let anchor = "Certificate cert-manager/linkerd-trust-anchor";
    vec![
        drop(anchor, "platform-trust"),
        drop("Bundle linkerd-identity-trust-roots", "platform-trust"),
        drop("ClusterIssuer linkerd-identity-issuer", "platform-trust"),
        drop("Certificate linkerd/linkerd-proxy-injector", "platform-trust"),
        remove("Certificate linkerd/linkerd-identity-issuer", "/spec/isCA", "platform-trust"),
        set(anchor, "/spec/renewBefore", json!("8760h0m0s"), "platform-trust"),
        set(anchor, "/spec/issuerRef/name", json!("nobody"), "platform-trust"),
        set(anchor, "/spec/privateKey/rotationPolicy", json!("Never"), "value"),
        set("Bundle linkerd-identity-trust-roots", "/spec/sources/0/secret/name", json!("other"), "platform-trust"),
        set("Bundle linkerd-identity-trust-roots", "/spec/target/namespaceSelector", json!({}), "empty"),
    ]
}
