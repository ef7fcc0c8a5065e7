//! Charts: an Application installs one chart in one exact version, its project lets it create nothing that others are held to, and the
//! values that the cluster's guarantees stand on say what they have to.

use serde_json::{Value, json};

use super::gitops::{reads, wild};
use super::{AGAIN, Judge, closed, items, quoted, text};
use crate::gitops::IN_CLUSTER;
use crate::meta::DESCRIPTION;

/// Domains whose objects no chart brings, but their definitions: what others are held to.
const HELD: [&str; 3] = ["argoproj.io", "kyverno.io", "linkerd.io"];

pub(super) fn application(judge: &mut Judge, cluster: &str, object: &Value) {
    let name = text(object, "/metadata/name");
    let sources = items(object, "/spec/sources").count();
    closed(judge, object, "/spec/sources/0", &["repoURL", "chart", "targetRevision", "helm"]);
    closed(judge, object, "/spec/sources/0/helm", &["releaseName", "values", "valuesObject"]);
    let release = name.strip_prefix("chart.").unwrap_or_default();
    if sources == 0 || sources > 2 || text(object, "/spec/sources/0/chart").is_empty() {
        judge.because("the Application does not install one chart", AGAIN);
    }
    if release.is_empty()
        || text(object, "/spec/project") != name
        || text(object, "/spec/sources/0/helm/releaseName") != release
    {
        judge.because(
            format!("the Application {} installs a chart under another name than its own", quoted(name)),
            AGAIN,
        );
    }
    if !is_exact(text(object, "/spec/sources/0/targetRevision")) {
        judge.because("the version of the chart is not exact", AGAIN);
    }
    values(judge, object);
    if sources > 1 {
        reads(judge, cluster, object, "/spec/sources/1");
    }
}

/// Three numbers; before them `v`, behind them a release before the release, or a build.
fn is_exact(version: &str) -> bool {
    let numbers = version.strip_prefix('v').unwrap_or(version).split(['-', '+']).next().unwrap_or_default();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-+".contains(&byte);
    numbers.split('.').count() == 3 && numbers.split('.').all(digits) && version.bytes().all(is_plain)
}

/// What the values of a chart say that guarantees stand on: the chart, where in its values, and what.
fn needed() -> [(&'static str, &'static str, Value); 18] {
    [
        ("argo-cd", "configs/cm/application.resourceTrackingMethod", json!("annotation")),
        ("argo-cd", "configs/cm/jsonnet.enable", json!("false")),
        ("argo-cd", "configs/cm/kustomize.enable", json!("false")),
        ("argo-cd", "configs/params/controller.diff.server.side", json!("true")),
        ("cert-manager", "crds/enabled", json!(true)),
        ("cert-manager", "crds/keep", json!(true)),
        ("external-dns", "registry", json!("txt")),
        ("external-dns", "sources", json!(["crd"])),
        ("kyverno", "config/excludeKyvernoNamespace", json!(true)),
        ("kyverno", "features/policyExceptions/enabled", json!(false)),
        ("linkerd-control-plane", "cniEnabled", json!(true)),
        ("linkerd-control-plane", "identity", json!({"externalCA": true, "issuer": {"scheme": "kubernetes.io/tls"}})),
        ("linkerd-control-plane", "policyValidator/externalSecret", json!(true)),
        ("linkerd-control-plane", "profileValidator/externalSecret", json!(true)),
        ("linkerd-control-plane", "proxy/defaultInboundPolicy", json!("deny")),
        ("linkerd-control-plane", "proxyInjector/externalSecret", json!(true)),
        ("linkerd2-cni", "repairController/enabled", json!(true)),
        ("trust-manager", "secretTargets/enabled", json!(false)),
    ]
}

fn values(judge: &mut Judge, object: &Value) {
    let chart = text(object, "/spec/sources/0/chart");
    let helm = "/spec/sources/0/helm";
    for (_, path, value) in needed().into_iter().filter(|(of, ..)| *of == chart) {
        if object.pointer(&format!("{helm}/valuesObject/{path}")) != Some(&value) {
            let path = path.replace('/', ".");
            judge.because(format!("the values of {} do not say `{path}: {value}`", quoted(chart)), AGAIN);
        }
        // Helm lets the text win over the object.
        if object.pointer(&format!("{helm}/values")).is_some() {
            judge.because(format!("the values of {} are said twice", quoted(chart)), AGAIN);
        }
    }
}

pub(super) fn project(judge: &mut Judge, object: &Value) {
    let (namespace, server) =
        (text(object, "/spec/destinations/0/namespace"), text(object, "/spec/destinations/0/server"));
    let is_kubernetes = namespace.starts_with("kube-") || namespace == "default";
    if items(object, "/spec/destinations").count() != 1 || wild(namespace) || server != IN_CLUSTER || is_kubernetes {
        judge.because("the project has another destination than one namespace of charts", AGAIN);
    }
    closed(judge, object, "/spec/destinations/0", &["server", "namespace"]);
    let namespaced: Vec<&Value> = items(object, "/spec/namespaceResourceWhitelist").collect();
    let in_none: Vec<&Value> = items(object, "/spec/clusterResourceWhitelist").collect();
    let is_held = |group: &str| {
        HELD.iter().any(|held| group.strip_suffix(held).is_some_and(|above| above.is_empty() || above.ends_with('.')))
    };
    // An empty list, and none, let everything in.
    let is_foreign = |entry: &&Value| {
        let (group, kind) = (text(entry, "/group"), text(entry, "/kind"));
        wild(kind) || group.contains('*') || is_held(group) || kind == "Namespace"
    };
    if namespaced.is_empty() || namespaced.iter().chain(&in_none).any(is_foreign) {
        judge.because("the project takes kinds that may not be in it", AGAIN);
    }
    // A pattern has a name in it.
    if in_none.iter().any(|entry| text(entry, "/name").trim_matches(['*', '.', '-', ':']).is_empty()) {
        judge.because("the project takes what lies in no namespace and is not its own", AGAIN);
    }
    let makes_secrets =
        namespaced.iter().any(|entry| text(entry, "/group").is_empty() && text(entry, "/kind") == "Secret");
    let reason = object["metadata"]["annotations"][DESCRIPTION].as_str().unwrap_or_default();
    if makes_secrets != reason.starts_with("makes Secrets: ") {
        judge.because("the project lets a chart make Secrets without a reason, or has one without", AGAIN);
    }
}
