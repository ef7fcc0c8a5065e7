//! The platform: charts, their namespaces, and the values that guarantees are made of.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::CrossRule;
use super::gitops::owns;
use crate::credential::{is_name, is_reference, named_literal, shape};
use crate::field::{at, has, list, text, texts};
use crate::scene::{Findings, Scene};
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "platform-namespace",
        sentence: "a namespace is privileged for a reason, and Linkerd's webhooks are shut out of Linkerd's own alone",
        check: namespace,
    },
    CrossRule {
        name: "platform-owner",
        sentence: "every document of the platform has one owner: what installs a chart, a namespace's Application, or the one called platform",
        check: one_owner,
    },
    CrossRule {
        name: "platform-project",
        sentence: "a project of the platform is for one Application: its repositories, its namespace, and what lies beside its chart",
        check: project,
    },
    CrossRule {
        name: "platform-kinds",
        sentence: "no chart makes what others are held to, and one that makes Secrets says why",
        check: kinds,
    },
    CrossRule {
        name: "platform-chart",
        sentence: "an Application installs one chart in one exact version, into a namespace of the platform, and is deleted only when somebody says so",
        check: chart,
    },
    CrossRule {
        name: "platform-order",
        sentence: "projects come before namespaces, those before charts, and certificates, trust, mesh and policies in this order before the rest",
        check: order,
    },
    CrossRule {
        name: "platform-values",
        sentence: "the values of charts that guarantees stand on say what the guarantee needs",
        check: values,
    },
    CrossRule {
        name: "platform-trust",
        sentence: "the mesh has a trust anchor that is made, renewed in time and handed out, an issuer below it, and certificates for its webhooks",
        check: trust,
    },
    CrossRule { name: "platform-credential", sentence: "no values of a chart hold a credential", check: credentials },
];

fn of_kind<'a>(scene: &Scene<'a>, kind: &'static str) -> impl Iterator<Item = &'a Document> + use<'a> {
    scene.platform.iter().filter(move |document| document.kind == kind)
}

fn label<'a>(document: &'a Document, key: &str) -> &'a str {
    at(&document.value, "metadata.labels").get(key).and_then(Value::as_str).unwrap_or_default()
}

fn annotation<'a>(document: &'a Document, key: &str) -> Option<&'a str> {
    at(&document.value, "metadata.annotations").get(key).and_then(Value::as_str)
}

/// The source of an Application that is a chart.
fn chart_of(application: &Document) -> Option<&Value> {
    list(&application.value, "spec.sources").iter().find(|source| has(source, "chart"))
}

fn namespace(scene: &Scene<'_>, findings: &mut Findings) {
    let services: BTreeSet<_> = scene.namespaces().map(|namespace| namespace.name.as_str()).collect();
    let charts = |namespace: &Document| -> BTreeSet<&str> {
        let installed = of_kind(scene, "Application")
            .filter(|application| text(&application.value, "spec.destination.namespace") == namespace.name);
        installed.filter_map(chart_of).map(|source| text(source, "chart")).collect()
    };
    for namespace in of_kind(scene, "Namespace") {
        let mut wrong = |sentence: &str| findings.push(namespace.finding("platform-namespace", sentence));
        let level = label(namespace, "pod-security.kubernetes.io/enforce");
        for mode in ["audit", "warn"] {
            if label(namespace, &format!("pod-security.kubernetes.io/{mode}")) != level {
                wrong("its Pod Security levels differ");
            }
        }
        if (level == "privileged") != annotation(namespace, "kubernetes.io/description").is_some() {
            wrong("it is privileged without a reason, or has one without being so");
        }
        let charts = charts(namespace);
        let plane = charts.contains("linkerd-control-plane");
        let plugin = charts.contains("linkerd2-cni");
        let says = |key: &str| !label(namespace, key).is_empty();
        if says("linkerd.io/is-control-plane") != plane
            || says("linkerd.io/cni-resource") != plugin
            || says("config.linkerd.io/admission-webhooks") != (plane || plugin)
        {
            wrong("its labels for Linkerd are not those of what is installed in it");
        }
        if services.contains(namespace.name.as_str())
            || namespace.name.starts_with("kube-")
            || namespace.name == "default"
        {
            wrong("it belongs to services, or to Kubernetes");
        }
    }
}

/// The folders that an Application of the platform deploys.
fn deploys(application: &Document, document: &Document) -> bool {
    let in_folder = |path: &str| {
        let rest = document.path.strip_prefix(path).and_then(|rest| rest.strip_prefix('/'));
        !path.is_empty() && rest.is_some_and(|rest| !rest.contains('/'))
    };
    in_folder(text(&application.value, "spec.source.path"))
        || list(&application.value, "spec.sources").iter().any(|source| in_folder(text(source, "path")))
}

fn one_owner(scene: &Scene<'_>, findings: &mut Findings) {
    for document in scene.platform {
        let roots = scene.of_kind("Application").iter().filter(|application| owns(application, document)).count();
        let own = of_kind(scene, "Application").filter(|application| deploys(application, document)).count();
        if roots + own != 1 {
            findings.push(document.finding("platform-owner", format!("{} Applications own it", roots + own)));
        }
        let is_argocd = document.group() == "argoproj.io";
        if is_argocd != (roots == 1) || (is_argocd && document.space() != scene.peers.argocd_namespace) {
            findings.push(document.finding("platform-owner", "it is not where its kind belongs"));
        }
    }
}

fn project(scene: &Scene<'_>, findings: &mut Findings) {
    let repository = scene.of_kind("Application").first().map(|root| text(&root.value, "spec.source.repoURL"));
    for project in of_kind(scene, "AppProject") {
        let mut wrong = |sentence: String| findings.push(project.finding("platform-project", sentence));
        let users: Vec<_> = of_kind(scene, "Application")
            .filter(|application| text(&application.value, "spec.project") == project.name)
            .collect();
        let [application] = users.as_slice() else {
            wrong(format!("{} Applications are of it", users.len()));
            continue;
        };
        let single = has(&application.value, "spec.source").then(|| at(&application.value, "spec.source"));
        let sources: BTreeSet<_> = list(&application.value, "spec.sources")
            .iter()
            .chain(single)
            .map(|source| text(source, "repoURL"))
            .collect();
        let permitted: BTreeSet<_> = texts(&project.value, "spec.sourceRepos").into_iter().collect();
        if sources != permitted {
            wrong(format!("it permits {permitted:?}, its Application comes from {sources:?}"));
        }
        let destination = list(&project.value, "spec.destinations").first().map(|one| text(one, "namespace"));
        let namespace = text(&application.value, "spec.destination.namespace");
        if application.name != project.name || destination != Some(namespace) {
            wrong("it is not its Application's own".to_owned());
        }
        let from_tree =
            list(&application.value, "spec.sources").iter().chain(single).filter(|source| has(source, "path"));
        for source in from_tree {
            if Some(text(source, "repoURL")) != repository {
                wrong("a folder of the tree comes from another repository".to_owned());
            }
        }
        for document in scene.platform.iter().filter(|document| deploys(application, document)) {
            let (field, place) = match &document.namespace {
                Some(space) => ("spec.namespaceResourceWhitelist", space.as_str()),
                None => ("spec.clusterResourceWhitelist", namespace),
            };
            let permits = list(&project.value, field).iter().any(|kind| {
                text(kind, "group") == document.group()
                    && text(kind, "kind") == document.kind
                    && (document.namespace.is_some() || text(kind, "name") == document.name)
            });
            if !permits || place != namespace {
                wrong(format!("it does not permit {}", document.object()));
            }
        }
    }
    for application in of_kind(scene, "Application") {
        if !of_kind(scene, "AppProject").any(|project| project.name == text(&application.value, "spec.project")) {
            findings.push(application.finding("platform-project", "its project is not of the platform"));
        }
    }
}

/// Domains whose objects no chart brings but that of the domain itself, and it brings their definitions only.
const HELD: [&str; 4] = ["argoproj.io", "kyverno.io", "linkerd.io", "onepassword.com"];

fn kinds(scene: &Scene<'_>, findings: &mut Findings) {
    for project in of_kind(scene, "AppProject") {
        let is_chart = project.name.starts_with("chart.");
        for field in ["spec.namespaceResourceWhitelist", "spec.clusterResourceWhitelist"] {
            for kind in list(&project.value, field) {
                let (group, name) = (text(kind, "group"), text(kind, "kind"));
                let held = HELD.iter().any(|domain| group == *domain || group.ends_with(&format!(".{domain}")));
                // An item for the Secret that the chart's values name, and what every namespace may have.
                let ours = group == "onepassword.com" || !is_chart;
                if (held && !ours) || (is_chart && name == "Namespace") {
                    let sentence = format!("it permits {name} of `{group}`");
                    findings.push(project.finding("platform-kinds", sentence));
                }
            }
        }
        let secrets = list(&project.value, "spec.namespaceResourceWhitelist")
            .iter()
            .any(|kind| text(kind, "kind") == "Secret" && text(kind, "group").is_empty());
        if secrets != annotation(project, "kubernetes.io/description").is_some() {
            findings.push(project.finding("platform-kinds", "it makes Secrets without a reason, or has one without"));
        }
    }
}

/// Three numbers; before them `v`, behind them a release before the release, or a build.
fn is_exact(version: &str) -> bool {
    let numbers = version.strip_prefix('v').unwrap_or(version).split(['-', '+']).next().unwrap_or_default();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    numbers.split('.').count() == 3 && numbers.split('.').all(digits)
}

fn chart(scene: &Scene<'_>, findings: &mut Findings) {
    for application in of_kind(scene, "Application") {
        let mut wrong = |sentence: &str| findings.push(application.finding("platform-chart", sentence));
        let sources = list(&application.value, "spec.sources");
        let charts: Vec<_> = sources.iter().filter(|source| has(source, "chart")).collect();
        let namespace = text(&application.value, "spec.destination.namespace");
        if !of_kind(scene, "Namespace").any(|one| one.name == namespace) {
            wrong("its namespace is none of the platform");
        }
        if !application.name.starts_with("chart.") {
            if !sources.is_empty() {
                wrong("it installs a chart, and its name does not say so");
            }
            continue;
        }
        match charts.as_slice() {
            [chart] if has(chart, "helm.releaseName") => {
                if !is_exact(text(chart, "targetRevision")) {
                    wrong("the version of its chart is not exact");
                }
            }
            _ => wrong("it does not install one chart"),
        }
        let options = texts(&application.value, "spec.syncPolicy.syncOptions");
        if !options.contains(&"Delete=confirm") {
            wrong("its deletion would take definitions, and all that was made of them, without a word");
        }
        for source in sources.iter().filter(|source| has(source, "path")) {
            let held = scene.platform.iter().any(|one| one.path.starts_with(&format!("{}/", text(source, "path"))));
            if !held {
                wrong("the folder beside its chart is empty");
            }
        }
    }
}

/// The rank of what an Application brings.
fn rank(application: &Document) -> i64 {
    match chart_of(application).map(|source| text(source, "chart")) {
        None => 0,
        Some("cert-manager" | "linkerd-crds" | "linkerd2-cni") => 1,
        Some("trust-manager") => 2,
        Some("linkerd-control-plane") => 3,
        Some("kyverno") => 4,
        Some(_) => 5,
    }
}

fn order(scene: &Scene<'_>, findings: &mut Findings) {
    let wave = |document: &Document| -> i64 {
        annotation(document, "argocd.argoproj.io/sync-wave").and_then(|wave| wave.parse().ok()).unwrap_or_default()
    };
    let mut last_of: BTreeMap<i64, i64> = BTreeMap::new();
    let ranked = |document: &Document| if document.kind == "AppProject" { -1 } else { rank(document) };
    let all: Vec<_> = of_kind(scene, "AppProject").chain(of_kind(scene, "Application")).collect();
    for document in &all {
        let last = last_of.entry(ranked(document)).or_insert(i64::MIN);
        *last = (*last).max(wave(document));
    }
    for document in &all {
        let before = last_of.range(..ranked(document)).map(|(_, last)| *last).max();
        if before.is_some_and(|before| before >= wave(document)) {
            findings.push(document.finding("platform-order", "it does not come after what it needs"));
        }
    }
}

/// What the values of a chart have to say, by path.
const NEEDED: &[(&str, &str, &str)] = &[
    (
        "argo-cd",
        "configs.cm",
        r#"{"application.resourceTrackingMethod":"annotation","jsonnet.enable":"false","kustomize.enable":"false"}"#,
    ),
    ("argo-cd", "configs.params", r#"{"controller.diff.server.side":"true","server.insecure":true}"#),
    ("cert-manager", "crds", r#"{"enabled":true,"keep":true}"#),
    ("external-dns", "sources", r#"["crd"]"#),
    ("external-dns", "registry", r#""txt""#),
    ("kyverno", "features.policyExceptions.enabled", "false"),
    ("kyverno", "config.excludeKyvernoNamespace", "true"),
    ("linkerd-control-plane", "cniEnabled", "true"),
    ("linkerd-control-plane", "identity", r#"{"externalCA":true,"issuer":{"scheme":"kubernetes.io/tls"}}"#),
    ("linkerd-control-plane", "proxy.defaultInboundPolicy", r#""deny""#),
    ("linkerd-control-plane", "proxyInjector.externalSecret", "true"),
    ("linkerd-control-plane", "policyValidator.externalSecret", "true"),
    ("linkerd-control-plane", "profileValidator.externalSecret", "true"),
    ("trust-manager", "secretTargets.enabled", "false"),
];

/// Whether a value is another, or a map that holds all of another's entries.
fn includes(found: &Value, needed: &Value) -> bool {
    match (found, needed) {
        (Value::Object(found), Value::Object(needed)) => {
            needed.iter().all(|(key, needed)| found.get(key).is_some_and(|found| includes(found, needed)))
        }
        (found, needed) => found == needed,
    }
}

fn values(scene: &Scene<'_>, findings: &mut Findings) {
    for application in of_kind(scene, "Application") {
        let Some(source) = chart_of(application) else { continue };
        let (chart, values) = (text(source, "chart"), at(source, "helm.valuesObject"));
        let mut wrong = |path: &str| {
            findings.push(application.finding("platform-values", format!("`{path}` does not say what it has to")));
        };
        for (_, path, needed) in NEEDED.iter().filter(|(of, _, _)| *of == chart) {
            let needed: Value = serde_json::from_str(needed).unwrap_or_default();
            if !includes(at(values, path), &needed) {
                wrong(path);
            }
        }
        match chart {
            "linkerd-control-plane" => {
                if !text(values, "proxy.image.version").contains("@sha256:") {
                    wrong("proxy.image.version");
                }
                let blocks = text(values, "clusterNetworks").split(',');
                if !blocks.clone().any(|block| scene.peers.pod_networks.contains(block) || block == "10.0.0.0/8") {
                    wrong("clusterNetworks");
                }
                let probes = texts(values, "policyController.probeNetworks");
                if probes.is_empty() || probes.iter().any(|block| block.ends_with("/0")) {
                    wrong("policyController.probeNetworks");
                }
                if !at(values, "proxy.resources.memory").is_object() {
                    wrong("proxy.resources");
                }
            }
            "external-dns" if text(values, "txtOwnerId").is_empty() || texts(values, "domainFilters").is_empty() => {
                wrong("txtOwnerId");
            }
            "argo-cd" => {
                let health = at(values, "configs.cm").get("resource.customizations.health.argoproj.io_Application");
                if !health.and_then(Value::as_str).is_some_and(|lua| lua.contains("casemate.dev/tier")) {
                    wrong("configs.cm");
                }
            }
            _ => {}
        }
    }
}

/// The Secrets that Linkerd's pods mount for its webhooks, with the names that the API server calls them by.
const WEBHOOKS: [(&str, &str); 3] = [
    ("linkerd-policy-validator-k8s-tls", "linkerd-policy-validator"),
    ("linkerd-proxy-injector-k8s-tls", "linkerd-proxy-injector"),
    ("linkerd-sp-validator-k8s-tls", "linkerd-sp-validator"),
];

fn trust(scene: &Scene<'_>, findings: &mut Findings) {
    let certificates: Vec<_> = of_kind(scene, "Certificate").collect();
    let made = |namespace: &str, secret: &str| {
        let by = |one: &&&Document| one.space() == namespace && text(&one.value, "spec.secretName") == secret;
        certificates.iter().find(by).copied()
    };
    let is_authority = |certificate: &Document| at(&certificate.value, "spec.isCA") == &Value::Bool(true);
    for certificate in &certificates {
        let (kind, name) =
            (text(&certificate.value, "spec.issuerRef.kind"), text(&certificate.value, "spec.issuerRef.name"));
        let space = if kind == "Issuer" { certificate.space() } else { "" };
        if !scene.platform.iter().any(|one| one.kind == kind && one.name == name && one.space() == space) {
            findings.push(certificate.finding("platform-trust", "nobody issues it"));
        }
        let hours = |path: &str| text(&certificate.value, path).split('h').next()?.parse::<u32>().ok();
        if hours("spec.renewBefore") >= hours("spec.duration") {
            findings.push(certificate.finding("platform-trust", "it is renewed before it is made"));
        }
    }
    let Some(plane) = of_kind(scene, "Application")
        .find(|one| chart_of(one).is_some_and(|source| text(source, "chart") == "linkerd-control-plane"))
    else {
        return;
    };
    let linkerd = text(&plane.value, "spec.destination.namespace");
    let mut wrong = |sentence: &str| findings.push(plane.finding("platform-trust", sentence));
    for (secret, service) in WEBHOOKS {
        let host = format!("{service}.{linkerd}.svc");
        let names = made(linkerd, secret).map(|one| texts(&one.value, "spec.dnsNames")).unwrap_or_default();
        if names != [host.as_str()] {
            wrong(&format!("no certificate of {host} is in `{secret}`"));
        }
    }
    let issuer = made(linkerd, "linkerd-identity-issuer").filter(|one| is_authority(one));
    let above = issuer.map(|one| text(&one.value, "spec.issuerRef.name"));
    let authority = of_kind(scene, "ClusterIssuer").find(|one| Some(one.name.as_str()) == above);
    let anchor = authority.map(|one| text(&one.value, "spec.ca.secretName")).unwrap_or_default();
    let made_anchor = certificates
        .iter()
        .find(|one| text(&one.value, "spec.secretName") == anchor && is_authority(one) && one.space() != linkerd);
    if issuer.is_none() || made_anchor.is_none() {
        wrong("nothing makes the issuer of identities, or the anchor above it");
    }
    let hands_out = |one: &Document| {
        one.name == "linkerd-identity-trust-roots"
            && list(&one.value, "spec.sources").iter().any(|source| text(source, "secret.name") == anchor)
    };
    if !of_kind(scene, "Bundle").any(hands_out) {
        wrong("nothing hands out the anchor");
    }
}

/// What is a credential in a value, if anything: by its shape, or as a literal under a telling name.
fn credential_in(value: &Value) -> Option<String> {
    match value {
        Value::Object(map) => {
            let named = map.get("name").and_then(Value::as_str).is_some_and(is_name);
            map.iter().find_map(|(key, value)| {
                let telling = (is_name(key) && !key.starts_with("existing")) || (named && key == "value");
                let literal = value.as_str().is_some_and(|text| !is_reference(text)) || value.is_number();
                if telling && literal { Some(key.clone()) } else { credential_in(value) }
            })
        }
        Value::Array(items) => items.iter().find_map(credential_in),
        Value::String(text) => shape(text).map(str::to_owned),
        _ => None,
    }
}

fn credentials(scene: &Scene<'_>, findings: &mut Findings) {
    for application in of_kind(scene, "Application") {
        let Some(source) = chart_of(application) else { continue };
        let theirs = text(source, "helm.values");
        let read = crate::yaml::parse(theirs).ok();
        let in_text = shape(theirs).map(str::to_owned).or_else(|| match (&read, theirs.is_empty()) {
            (Some(values), _) => credential_in(values),
            (None, true) => None,
            (None, false) => named_literal(theirs).map(str::to_owned).or(Some("a text that is no YAML".to_owned())),
        });
        if let Some(what) = in_text.or_else(|| credential_in(at(source, "helm.valuesObject"))) {
            findings.push(application.finding("platform-credential", format!("its values hold {what}")));
        }
    }
}
